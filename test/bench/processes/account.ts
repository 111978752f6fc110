/** The settings of an account at the provider of provider.ts. */
export function accountAt(url: string): Record<string, string> {
  return {
    PROCARD_API_URL: url,
    PROCARD_MERCHANT_ID: 'bench',
    PROCARD_SECRET_KEY: 'bench-key',
    GOOGLE_PAY_GATEWAY_MERCHANT_ID: 'BO_bench',
  };
}
