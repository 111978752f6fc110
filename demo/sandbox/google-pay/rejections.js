// How loadPaymentData rejects (pay.js of December 2022). A page meets both kinds: Chrome shows the sheet by
// PaymentRequest, other browsers in a popup.

/** A popup that the browser blocked: text, and no object. */
const POPUP_BLOCKED = 'failed to open window';

/** How a sheet can end that the shopper neither closed nor paid in. */
export const ENDINGS = [
  'BUYER_ACCOUNT_ERROR',
  'DEVELOPER_ERROR',
  'MERCHANT_ACCOUNT_ERROR',
  'INTERNAL_ERROR',
  POPUP_BLOCKED,
];

/** In a popup, these two go to the page as they are. All others become CANCELED. */
const TOLD_BY_POPUP = ['DEVELOPER_ERROR', 'MERCHANT_ACCOUNT_ERROR'];

export function closedByShopper(render) {
  return render === 'popup'
    ? { statusCode: 'CANCELED' }
    : cancelled(new DOMException('User closed the Payment Request UI.', 'AbortError'));
}

/** The call did not come from a click. */
export function notActivated(render) {
  return render === 'popup'
    ? POPUP_BLOCKED
    : cancelled(new DOMException('PaymentRequest.show() needs a user gesture.', 'SecurityError'));
}

export function endedAs(render, ending) {
  return ending === POPUP_BLOCKED
    ? POPUP_BLOCKED
    : failedInSheet(render, ending, 'The shopper of the sandbox wanted it so.');
}

export function failedInSheet(render, statusCode, statusMessage) {
  if (render === 'popup') {
    return TOLD_BY_POPUP.includes(statusCode) ? { statusCode, statusMessage } : { statusCode: 'CANCELED' };
  }
  console.error(`DEVELOPER_ERROR in loadPaymentData: ${statusMessage}`);
  return Object.assign(new Error(), { statusCode, statusMessage });
}

/** What went wrong before a sheet could open. */
export function refused(method, problem) {
  console.error(`DEVELOPER_ERROR in ${method}: ${problem}`);
  return { statusCode: 'DEVELOPER_ERROR', statusMessage: problem };
}

/** Whatever made `show()` reject is marked CANCELED; only its name tells what it was. */
function cancelled(exception) {
  return Object.assign(exception, { statusCode: 'CANCELED' });
}
