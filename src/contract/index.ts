export * from './api.js';
export * from './money.js';
export * from './next-action.js';
export * from './payment.js';
export * from './problem.js';
