/** Google's library. Its address is fixed, and it changes without notice: no integrity hash is possible. */
const PAY_JS = 'https://pay.google.com/gp/p/js/pay.js';

const TIME_LIMIT_MS = 10_000;

let loading: Promise<boolean> | undefined;

/**
 * Whether Google's library is there, loading it where it is missing. A load that failed is forgotten, so that the next
 * one can work. Rejects where the page's policy has no place for ours, see `trusted-types`.
 */
export function loadPayJs(nonce: string): Promise<boolean> {
  if (hasPaymentsClient()) return Promise.resolve(true);
  loading ??= load(nonce).finally(() => (loading = undefined));
  return loading;
}

function load(nonce: string): Promise<boolean> {
  return new Promise((resolve) => {
    const script = document.createElement('script');
    script.nonce = nonce;
    script.src = trusted();
    script.onload = script.onerror = settle;
    const timer = setTimeout(settle, TIME_LIMIT_MS);
    document.head.append(script);

    /** The page may have loaded the library by itself meanwhile. */
    function settle(): void {
      clearTimeout(timer);
      const isThere = hasPaymentsClient();
      if (!isThere) script.remove();
      resolve(isThere);
    }
  });
}

function hasPaymentsClient(): boolean {
  const { google }: { google?: { payments?: { api?: { PaymentsClient?: unknown } } } } = window;
  return google?.payments?.api?.PaymentsClient !== undefined;
}

interface ScriptUrlPolicy {
  createScriptURL(url: string): string;
}

declare global {
  interface Window {
    trustedTypes?: { createPolicy(name: string, rules: ScriptUrlPolicy): ScriptUrlPolicy };
  }
}

let address: string | undefined;

/** The one address, in the form that `require-trusted-types-for 'script'` asks for. */
function trusted(): string {
  address ??= window.trustedTypes
    ?.createPolicy('pay-elements', { createScriptURL: () => PAY_JS })
    .createScriptURL(PAY_JS);
  return address ?? PAY_JS;
}
