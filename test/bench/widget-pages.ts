import type { Peer } from './widget-scripts.js';

/** Milliseconds since the script began. */
export interface Start {
  /** Until half of Google's button has been drawn within the window. */
  shown: number;
  /** The longest task that the browser calls long, which is over 50 ms; 0 where there is none. */
  longest: number;
}

/** Where Google's library is when the script begins: in the page already, or still to be loaded. */
export type Library = 'here' | 'away';

const PAY_JS = 'https://pay.google.com/gp/p/js/pay.js';

/** Appended to Google’s library: it tells which button it made, so that everybody’s is waited for in the same way. */
export const WATCH_BUTTONS = `
(() => {
  const { prototype } = google.payments.api.PaymentsClient;
  const { createButton } = prototype;
  prototype.createButton = function (options) {
    const made = createButton.call(this, options);
    watch(made.querySelector('button'));
    return made;
  };
})();`;

const WATCH = `
  const tasks = [];
  new PerformanceObserver((list) => tasks.push(...list.getEntries())).observe({ type: 'longtask', buffered: true });
  let begin, watch;
  const start = new Promise((resolve, reject) => {
    // It takes a second, a few on a busy machine; without a limit nobody would hear that it does not come.
    setTimeout(reject, 60_000, new Error('Google’s button does not appear.'));
    watch = (button) => new IntersectionObserver((entries) => {
      if (!entries.some(({ intersectionRatio }) => intersectionRatio >= 0.5)) return;
      const shown = performance.now() - begin;
      // Long tasks are told of a little later. Where nothing moves any more, browsers may hold idle callbacks back.
      const whenIdle = (then) => requestIdleCallback(then, { timeout: 200 });
      whenIdle(() => whenIdle(() =>
        resolve({ shown, longest: Math.max(0, ...tasks.map(({ duration }) => duration)) })));
    }, { threshold: 0.5 }).observe(button);
  });`;

/** The script stands in the page and begins when all of it is there: what the network takes for it is not counted. */
export const page = (
  library: Library,
  { name, script, style }: Peer,
  origin: string,
): string => `<!doctype html><html lang="en">
<meta charset="utf-8" /><title>Shop</title><link rel="icon" href="data:," />
<style>#pay { block-size: 48px; min-inline-size: 240px } ${style}</style>
<script>${WATCH}</script>
${library === 'here' ? '<script src="/pay.js?here"></script>' : ''}
<h1>Order</h1>
${name === 'this widget' ? WIDGET : '<div id="pay"></div>'}
<script type="text/plain">${script.replaceAll(PAY_JS, `${origin}/pay.js?away`).replaceAll('</script', '<\\/script')}</script>
<script>
  const script = document.createElement('script');
  script.textContent = document.querySelector('[type="text/plain"]').textContent;
  begin = performance.now();
  document.body.append(script);
</script>`;

const WIDGET = `<pay-button endpoint="/pay" order-id="A-1" amount="125.00" currency="UAH" country="UA"
  gateway="procard" gateway-merchant-id="m" merchant-name="Shop" environment="TEST" locale="en"></pay-button>`;
