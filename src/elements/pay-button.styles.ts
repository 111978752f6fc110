import { css } from './css.js';

/** Shared by the elements that tell how a payment stands. Text takes the page's colour, so that it can be read anywhere. */
export const paymentStyles = css`
  :host {
    display: block;
    min-inline-size: 256px;
    color: var(--pay-color, inherit);
  }

  :host([hidden]) {
    display: none !important;
  }

  [part='status'] {
    margin-block-start: 8px;
  }

  a {
    color: inherit;
  }
`;

export const payButtonStyles = css`
  /*
   * Everything that may stand in the button's place stands in the same cell: nothing moves when it appears. Google
   * wants 8px clear on every side of its button, 40px of height, and 240px of width for its longest form.
   */
  .slot {
    display: grid;
    min-block-size: max(40px, var(--pay-button-height, 48px));
    margin: 8px;
  }

  [part='spinner'] {
    place-self: center;
  }

  /* Words that come and go under the button move nothing either. */
  .slot:not([hidden]) + p {
    min-block-size: 1.5em;
    text-align: center;
  }

  [part='google-pay'] {
    block-size: max(40px, var(--pay-button-height, 48px));
  }

  p,
  a {
    margin-inline: 8px;
  }

  [part='action'] {
    inline-size: calc(100% - 16px);
    margin: 8px 8px 0;
  }

  .slot > * {
    grid-area: 1 / 1;
    margin: 0;
  }

  [aria-disabled='true'] {
    cursor: not-allowed;
  }

  [aria-disabled='true'] > * {
    pointer-events: none;
  }

  /* Google's button has no look for it, and may be given none. */
  [aria-disabled='true'] > .own {
    opacity: 0.6;
  }
`;
