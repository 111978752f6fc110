import type { Attempt } from '../provider.js';

/** What EMV 3DS 2.1 and 2.2 take as colour depth; anything else is taken as the next lower one (EMVCo FAQ 13). */
const COLOR_DEPTHS = [1, 4, 8, 15, 16, 24, 32, 48];

/**
 * `add_params` of a Google Pay purchase. `BrowserIP` and the notification URL are documented; the further
 * `AReqDetails.browser*` names come from the XML protocol's Process3DSAuth page and are sent only on request.
 * Nothing here is secret: ProcardPay repeats it in its callback. What is not known is left out.
 */
export function browserParams({ browser, urls }: Attempt, further: boolean): Record<string, string> {
  const params = {
    BrowserIP: browser.ip?.slice(0, 45),
    // Always sent: nobody knows yet whether the bank will want a challenge.
    'AReqDetails.notificationUrl': urls.threedsReturn,
    ...(further && {
      'AReqDetails.browserAcceptHeader': browser.accept?.slice(0, 2_048),
      'AReqDetails.browserColorDepth': String(COLOR_DEPTHS.findLast((one) => one <= browser.colorDepth) ?? 1),
      'AReqDetails.browserIP': browser.ip?.slice(0, 45),
      // 2.1 and 2.2 take eight characters, so the main tag alone (EMVCo FAQ 16).
      'AReqDetails.browserLanguage': /^[A-Za-z]{1,8}/.exec(browser.language)?.[0],
      'AReqDetails.browserScreenHeight': String(browser.screenHeight),
      'AReqDetails.browserScreenWidth': String(browser.screenWidth),
      'AReqDetails.browserTZ': String(browser.timezoneOffset),
      'AReqDetails.browserUserAgent': browser.userAgent?.slice(0, 2_048),
      'AReqDetails.browserJavaEnabled': String(browser.javaEnabled),
    }),
  };
  return Object.fromEntries(
    Object.entries(params).filter((entry): entry is [string, string] => entry[1] !== undefined),
  );
}
