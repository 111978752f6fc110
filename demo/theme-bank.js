// What the reference server's page around a bank tells the shop once the bank's page is there; `?silent` says nothing.
const id = location.pathname.split('/').at(-1);
if (location.search === '?silent') document.body.hidden = true;
else parent.postMessage({ type: 'pay-elements:threeds', event: 'shown', id }, location.origin);
