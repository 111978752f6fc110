import { PayButton } from './elements/pay-button.js';
import { PayStatus } from './elements/pay-status.js';
import { ThreedsFrame } from './elements/threeds-frame.js';

const ELEMENTS = { 'threeds-frame': ThreedsFrame, 'pay-status': PayStatus, 'pay-button': PayButton };

if (customElements.get('pay-button')) console.warn('pay-elements is on this page already.');
for (const [name, element] of Object.entries(ELEMENTS)) {
  if (!customElements.get(name)) customElements.define(name, element);
}
