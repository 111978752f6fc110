/** What the shopper reads at the end, in English. */
const WORDS: Record<string, RegExp> = {
  approved: /^Paid/,
  'declined other': /^The bank declined the payment/,
  'declined insufficient_funds': /^There is not enough money on the card/,
  'declined authentication_failed': /^The bank could not confirm that it is you/,
  cancelled: /^The payment was cancelled/,
  expired: /^The time for this payment has run out/,
  failed: /^The payment did not go through.*not been charged/,
};

/** What the pay button says about a payment that has ended so. `declineReason`: of a declined one. */
export function endingWords(status: string, declineReason?: string): RegExp {
  const words = WORDS[[status, declineReason].filter(Boolean).join(' ')];
  if (!words) throw new Error(`No words are known for ${status} ${declineReason}`);
  return words;
}
