import { PayButton } from './elements/pay-button.js';
import { PayStatus } from './elements/pay-status.js';
import { ThreedsFrame } from './elements/threeds-frame.js';

const ELEMENTS = { 'threeds-frame': ThreedsFrame, 'pay-status': PayStatus, 'pay-button': PayButton };

// The innermost first: a pay-button on the page looks into its frame as soon as it is upgraded.
const taken = Object.entries(ELEMENTS).filter(([name, element]) => {
  if (customElements.get(name)) return true;
  customElements.define(name, element);
  return false;
});
if (taken.length > 0) console.warn('pay-elements is on this page already; the first copy stays.');
