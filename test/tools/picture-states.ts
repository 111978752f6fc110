// `npm run picture:states`: draws demo/assets/payment-states.svg, the README's picture of how a payment moves.
import { writeFileSync } from 'node:fs';
import { drawPaymentStates } from './payment-states.js';

writeFileSync(new URL('../../demo/assets/payment-states.svg', import.meta.url), drawPaymentStates());
