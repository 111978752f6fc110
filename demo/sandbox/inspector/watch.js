// Reports to the sandbox's inspector what only a shop's page can see: the pay button's events, and its calls to the
// merchant's server. A listener and nothing else: calls go out unchanged, and their answers come back unchanged. For
// the demo's pages, before pay-elements.js; a live shop leaves it out.
{
  const inspector = new URL('watched', document.currentScript.src);

  /** Order id → the name that joins what happens before the payment has one. */
  const attempts = new Map();

  const EVENTS = {
    'pay-ready': ({ method }) => ({ method }),
    'pay-begin': ({ method }) => ({ method }),
    'pay-phase': ({ previous, phase }) => ({ previous, phase }),
    'pay-dismissed': () => ({}),
    'pay-result': ({ payment }) => viewFields(payment),
    'pay-error': ({ code, recoverable }) => ({ code, recoverable }),
    'threeds-shown': () => ({}),
    'threeds-return': () => ({}),
    'threeds-cancel': () => ({}),
    'threeds-error': ({ code }) => ({ code }),
  };
  const BEGINS = ['pay-ready', 'pay-begin'];
  const ENDS = ['pay-dismissed', 'pay-result', 'pay-error'];

  for (const [operation, fieldsOf] of Object.entries(EVENTS)) {
    window.addEventListener(
      operation,
      ({ target, detail }) => {
        const orderId = target.getAttribute?.('order-id');
        if (!orderId) return;
        const about = attemptOf(orderId, BEGINS.includes(operation));
        if (operation === 'pay-result') about.push(`payment:${detail.payment.id}`);
        if (about.length === 0) return;
        const to = operation === 'pay-phase' ? 'widget' : 'page';
        const sent = { orderId, ...fieldsOf(detail) };
        report({ to, operation, startedAt: Date.now(), tookMs: 0, sent, status: null, answer: null, about });
        if (ENDS.includes(operation)) attempts.delete(orderId);
      },
      true,
    );
  }

  let isLeaving = false;
  window.addEventListener('pagehide', () => (isLeaving = true));
  window.addEventListener('pageshow', () => (isLeaving = false));

  const fetchOfPage = window.fetch;
  window.fetch = (...given) => {
    // Beforehand: a busy page may stand still behind the call, while the server has it already.
    const start = { startedAt: Date.now(), began: performance.now() };
    const answer = fetchOfPage.apply(window, given);
    const call = callOf(...given);
    if (call) watch({ ...call, ...start }, answer);
    return answer;
  };

  /** The pay button's calls can be aborted, which tells them from the page's own. */
  function callOf(address, init) {
    if (!init?.signal || !URL.canParse(address, location.href)) return undefined;
    const { pathname, searchParams } = new URL(address, location.href);
    const [, kind, id = '', then = ''] = /\/(offers|payments)(?:\/([^/]+))?(\/cancel)?$/.exec(pathname) ?? [];
    if (!kind) return undefined;
    const isOffer = kind === 'offers';
    const purchase = purchaseIn(init.body);
    const orderId = isOffer ? id : purchase?.orderId;
    return {
      operation: `${init.method ?? 'GET'} /${kind}${id && (isOffer ? '/{order}' : '/{id}')}${then}`,
      sent: {
        path: pathname,
        ...Object.fromEntries(searchParams),
        ...(purchase && purchaseFields(purchase, init.headers)),
      },
      about: [...(orderId ? attemptOf(orderId, true) : []), ...(isOffer || !id ? [] : [`payment:${id}`])],
      token: purchase && tokenOf(purchase),
      signal: init.signal,
    };
  }

  /** Hears what the pay button reads, when it reads it: as text. A copy would be cut off when the pay button is done. */
  function watch(call, answer) {
    const tell = (status, body) => {
      // The pay button or its page has gone: nobody waits for this answer.
      if (status === null && (isLeaving || call.signal.reason?.name === 'AbortError')) return;
      void reportCall(call, status, body);
    };
    answer.then(
      (response) => {
        const { text } = response;
        response.text = () => {
          const read = text.call(response);
          read.then(
            (words) => tell(response.status, jsonOf(words)),
            () => tell(null),
          );
          return read;
        };
      },
      () => tell(null),
    );
  }

  async function reportCall({ operation, sent, about, token, startedAt, began }, status, body) {
    const tookMs = Math.round(performance.now() - began);
    const isView = status !== null && status < 400;
    const names = [...about, ...(token ? [await tokenName(token)] : []), ...(isView ? namesIn(body) : [])];
    report({
      to: 'server',
      operation,
      startedAt,
      tookMs,
      sent,
      status,
      answer: status === null ? null : isView ? viewFields(body) : problemFields(body),
      about: [...new Set(names)],
    });
  }

  function report(message) {
    navigator.sendBeacon(inspector, JSON.stringify({ from: 'widget', ...message }));
  }

  /** Every try to pay an order has a name of its own. */
  function attemptOf(orderId, mayBegin) {
    if (mayBegin && !attempts.has(orderId)) attempts.set(orderId, `attempt:${crypto.randomUUID()}`);
    return attempts.has(orderId) ? [attempts.get(orderId)] : [];
  }

  function namesIn(view) {
    const { id, status, action } = view ?? {};
    return [
      ...(id && status ? [`payment:${id}`] : []),
      ...(action?.type === 'redirect' ? [`page:${action.url}`] : []),
    ];
  }

  /** As the sandbox names the token it is shown, which nobody may keep. */
  async function tokenName(token) {
    const digest = await crypto.subtle.digest('SHA-256', new TextEncoder().encode(token));
    const hex = Array.from(new Uint8Array(digest), (byte) => byte.toString(16).padStart(2, '0')).join('');
    return `token:${hex.slice(0, 16)}`;
  }

  function purchaseIn(body) {
    const purchase = typeof body === 'string' ? jsonOf(body) : undefined;
    return purchase?.orderId && purchase.method ? purchase : undefined;
  }

  function tokenOf({ method }) {
    return method.paymentData?.paymentMethodData.tokenizationData.token;
  }

  function purchaseFields(purchase, headers) {
    const { orderId, expected, method } = purchase;
    const token = tokenOf(purchase);
    return defined({
      orderId,
      'money.minor': expected?.minor,
      'money.currency': expected?.currency,
      method: method.type,
      'Idempotency-Key': lengthOf(headers?.['Idempotency-Key']),
      card: method.paymentData?.paymentMethodData.description,
      token: lengthOf(token),
    });
  }

  /** Of an offer or a payment, what says something and betrays nothing. */
  function viewFields(view) {
    const { orderId, money, methods, status, action, decline, late, version } = view ?? {};
    return defined({
      orderId,
      'money.minor': money?.minor,
      'money.currency': money?.currency,
      methods: methods?.map(({ type }) => type).join(', '),
      status,
      'action.type': action?.type,
      'action.version': action?.version,
      'decline.reason': decline?.reason,
      late: late || undefined,
      version,
    });
  }

  function problemFields(problem) {
    return defined({ code: problem?.code, title: problem?.title });
  }

  function defined(fields) {
    return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined));
  }

  function lengthOf(secret) {
    return secret && `[${secret.length} characters]`;
  }

  function jsonOf(text) {
    try {
      return JSON.parse(text);
    } catch {
      return undefined;
    }
  }
}
