/** How long a page may take to answer a callback. */
const CALLBACK_LIMIT_MS = 30_000;

const NOT_STRUCTURED =
  'An error occurred in call back, please try to avoid this by setting structured error in callback response';

/**
 * What the page answers to a callback. A handler that rejects or takes too long counts as one that answered with an
 * error. One that throws before it returns does not: Google catches that nowhere.
 */
export async function answerOf(handler, argument, intent) {
  const answer = handler(argument);
  let timer;
  const tooLate = new Promise((_, reject) => {
    timer = setTimeout(reject, CALLBACK_LIMIT_MS, { message: 'REQUEST_TIMEOUT' });
  });
  try {
    return await Promise.race([answer, tooLate]);
  } catch (error) {
    console.error(`DEVELOPER_ERROR in loadPaymentData: ${NOT_STRUCTURED}`);
    const { reason = 'OTHER_ERROR', intent: its = intent, message } = error ?? {};
    return { error: { reason, intent: its, message } };
  } finally {
    clearTimeout(timer);
  }
}

const REASONS = [
  'SHIPPING_ADDRESS_INVALID',
  'SHIPPING_ADDRESS_UNSERVICEABLE',
  'SHIPPING_OPTION_INVALID',
  'OFFER_INVALID',
  'PAYMENT_DATA_INVALID',
  'OTHER_ERROR',
];

/** What is wrong with the `error` in a callback's answer, for the developer; undefined if nothing is. */
export function problemOfError({ reason, intent, message }, callbackIntents) {
  if (!REASONS.includes(reason)) return `error.reason must be one of ${REASONS.join(', ')}.`;
  if (!callbackIntents.includes(intent)) return 'error.intent must be one of callbackIntents.';
  return message ? undefined : 'error.message must be set: the shopper reads it.';
}
