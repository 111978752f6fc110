/** Milliseconds since the script began. */
export interface Start {
  /** Until Google's button stands in the page. */
  made: number;
  /** Until the frame with it has been drawn. */
  shown: number;
  /** The longest task that the browser calls long, which is over 50 ms; 0 where there is none. */
  longest: number;
}

/** Where Google's library is when the script begins: in the page already, or still to be loaded. */
export type Library = 'here' | 'away';

const PAY_JS = 'https://pay.google.com/gp/p/js/pay.js';

/** What both pages have. The script stands in the page: what the network takes for it is not counted. */
const page = (library: Library, content: string, script: string) => `<!doctype html><html lang="en">
<meta charset="utf-8" /><title>Shop</title><link rel="icon" href="data:," />
${library === 'here' ? '<script src="/pay.js"></script>' : ''}
<script>
  const tasks = [];
  new PerformanceObserver((list) => tasks.push(...list.getEntries())).observe({ type: 'longtask', buffered: true });
  const start = new Promise((resolve) => {
    window.made = () => {
      const made = performance.now() - begin;
      requestAnimationFrame(() => {
        const drawn = new MessageChannel();
        drawn.port1.onmessage = () => {
          const shown = performance.now() - begin;
          // Long tasks are told of a little later.
          requestIdleCallback(() => requestIdleCallback(() =>
            resolve({ made, shown, longest: Math.max(0, ...tasks.map(({ duration }) => duration)) })));
        };
        drawn.port2.postMessage(0);
      });
    };
  });
</script>
<h1>Order</h1>${content}
<script>document.addEventListener('pay-ready', made); const begin = performance.now();</script>
<script>${script}</script>`;

export const withWidget = (library: Library, widget: string): string =>
  page(
    library,
    `<pay-button endpoint="/pay" order-id="A-1" amount="125.00" currency="UAH" country="UA" gateway="procard"
      gateway-merchant-id="m" merchant-name="Shop" environment="TEST" locale="en"></pay-button>`,
    widget.replace(PAY_JS, '/pay.js'),
  );

/** What Google's tutorial writes (Google Pay API for Web, "Tutorial"), with the same request and the same button. */
export const byHand = (library: Library): string =>
  page(
    library,
    '<div id="pay" style="block-size: 48px; min-inline-size: 240px"></div>',
    `
  const merchantInfo = { merchantName: 'Shop' };
  const transactionInfo = { countryCode: 'UA', currencyCode: 'UAH', totalPriceStatus: 'FINAL', totalPrice: '125.00' };
  const card = {
    type: 'CARD',
    parameters: { allowedCardNetworks: ['MASTERCARD', 'VISA'], allowedAuthMethods: ['PAN_ONLY', 'CRYPTOGRAM_3DS'] },
    tokenizationSpecification: {
      type: 'PAYMENT_GATEWAY',
      parameters: { gateway: 'procard', gatewayMerchantId: 'm' },
    },
  };
  const request = { apiVersion: 2, apiVersionMinor: 0, allowedPaymentMethods: [card], merchantInfo, transactionInfo };
  function onGooglePayLoaded() {
    const client = new google.payments.api.PaymentsClient({ environment: 'TEST', merchantInfo });
    client.isReadyToPay(request).then(({ result }) => {
      if (!result) return;
      const onClick = () => client.loadPaymentData(request);
      const look = { buttonColor: 'black', buttonSizeMode: 'fill', buttonLocale: 'en' };
      document.getElementById('pay').append(client.createButton({ ...look, onClick }));
      client.prefetchPaymentData(request);
      made();
    });
  }
  if (window.google) onGooglePayLoaded();
  else {
    const script = document.createElement('script');
    script.onload = onGooglePayLoaded;
    script.src = '/pay.js';
    document.head.append(script);
  }
`,
  );
