/** The parameter that the server adds to a return address. */
const PARAMETER = 'payment';

/** The payment whose return address this page is. */
export function paymentInUrl(): string | null {
  return new URL(location.href).searchParams.get(PARAMETER);
}

/** The same address for a payment to come. */
export function withoutPayment(address: string): string {
  const url = new URL(address, document.baseURI);
  url.searchParams.delete(PARAMETER);
  return url.href;
}
