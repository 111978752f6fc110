import { css } from './css.js';

export const payStatusStyles = css`
  [part='amount'] {
    font-size: 1.5em;
  }

  img {
    display: block;
    inline-size: 160px;
    margin-block-start: 8px;
    /* Many readers take nothing but dark on light. */
    background: #fff;
  }
`;
