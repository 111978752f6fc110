import { css } from './css.js';

/** Shared by the elements that tell how a payment stands. Text takes the page's colour, so that it can be read anywhere. */
export const paymentStyles = css`
  :host {
    display: block;
    min-inline-size: 240px;
    font: inherit;
    color: var(--pay-color, inherit);
  }

  :host([hidden]) {
    display: none !important;
  }

  [part='status'] {
    min-block-size: 1.5em;
    margin-block-start: 8px;
  }

  a {
    color: inherit;
  }
`;

export const payButtonStyles = css`
  /* Everything that may stand in the button's place stands in the same cell: nothing moves when it appears. */
  .slot {
    display: grid;
    min-block-size: var(--pay-button-height, 48px);
  }

  .slot > * {
    grid-area: 1 / 1;
  }

  [part='google-pay'] {
    block-size: var(--pay-button-height, 48px);
  }

  .own {
    margin-block-start: 8px;
  }

  button[part='button'] {
    margin: 0;
    border-color: transparent;
    color: var(--pay-button-color, light-dark(#fff, #000));
    background: var(--pay-button-background, light-dark(#000, #fff));
  }

  button:disabled {
    opacity: 0.6;
    cursor: not-allowed;
  }
`;
