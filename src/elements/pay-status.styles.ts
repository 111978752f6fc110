import { css } from 'lit';

export const payStatusStyles = css`
  [part='amount'] {
    font-size: 1.5em;
  }

  /* Dark on light in every colour scheme: many readers take nothing else. */
  svg {
    display: block;
    inline-size: 160px;
    max-inline-size: 100%;
    margin-block-start: 8px;
    color: #000;
    background: #fff;
    forced-color-adjust: none;
  }
`;
