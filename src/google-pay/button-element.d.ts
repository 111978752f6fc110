/** By its path, because the package's `main` throws in every modern browser (4.1.0). It defines `google-pay-button`. */
declare module '@google-pay/button-element/dist/index.min.js';
