// What the reference server's page around a bank tells the shop once the bank's page is there.
const id = location.pathname.split('/').at(-1);
parent.postMessage({ type: 'pay-elements:threeds', event: 'shown', id }, location.origin);
