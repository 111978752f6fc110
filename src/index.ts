export { PayButton } from './elements/pay-button.js';
export { PayStatus } from './elements/pay-status.js';
export { ThreedsFrame } from './elements/threeds-frame.js';
export * from './elements/events.js';
export * from './elements/threeds-events.js';
export type { PayErrorCode } from './checkout/pay-error.js';
export type { Phase } from './checkout/phase.js';
export type * from './contract/index.js';
