// What pay.js concludes from the browser's name (December 2022).

/** Apps whose windows cannot open a popup. */
const WITHOUT_POPUPS = ['FxiOS', 'GSA/', 'Instagram', 'FB_IAB', 'AndroidMapsWebView'];

/** Whether Google Pay offers itself here. Cards of the shopper have no part in it. */
export function isReadyIn({ userAgent, vendor }, request) {
  if (WITHOUT_POPUPS.some((name) => userAgent.includes(name))) return false;
  return takesTokensOnly(request)
    ? vendor === 'Google Inc.' && userAgent.includes('Android')
    : /Chrome|Firefox|Safari/.test(userAgent);
}

/** Chrome shows the sheet itself, other browsers leave it to a popup. */
export function usualRender({ vendor }) {
  return vendor === 'Google Inc.' && 'PaymentRequest' in globalThis ? 'payment-request' : 'popup';
}

function takesTokensOnly({ apiVersion, allowedPaymentMethods }) {
  if (!(apiVersion >= 2)) return allowedPaymentMethods.join() === 'TOKENIZED_CARD';
  const card = allowedPaymentMethods.find((method) => method.type === 'CARD');
  return card?.parameters.allowedAuthMethods.join() === 'CRYPTOGRAM_3DS';
}
