/* global SANDBOX -- the sandbox's origin, see google-pay.ts */
// What the stand-in asks of the sandbox, and tells it.

export async function fetchCards() {
  const response = await fetch(`${SANDBOX}/google-pay/cards`);
  return response.json();
}

/** The text for `tokenizationData.token`, for whoever the specification names. Rejects where there is none. */
export async function fetchToken(card, { parameters }) {
  // Google's own example of a gateway gets a word instead of a sealed card.
  if (parameters.gateway === 'example') return 'examplePaymentMethodToken';
  const { gatewayMerchantId, publicKey } = parameters;
  const response = await post('token', { cardId: card.id, gatewayMerchantId, publicKey });
  const { token, error } = await response.json();
  if (!token) throw new Error(error);
  return token;
}

/** Leaves a message between page and Google in the sandbox's journal. `began`: when it was sent. Nobody waits for that. */
export function tell(operation, sent, answer, began = performance.now()) {
  const tookMs = Math.round(performance.now() - began);
  const startedAt = Date.now() - tookMs;
  post('messages', { operation, sent, answer, startedAt, tookMs }).catch((error) =>
    console.warn('The sandbox has not noted this message.', error),
  );
}

/** A rejection as the journal shows it. */
export function rejection(reason) {
  if (typeof reason !== 'object') return reason;
  const { name, statusCode, statusMessage } = reason;
  return { ...(reason instanceof DOMException && { name }), statusCode, statusMessage };
}

function post(path, body) {
  return fetch(`${SANDBOX}/google-pay/${path}`, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify(body),
    keepalive: true, // the page may leave at once
  });
}
