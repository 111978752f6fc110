import { css } from './css.js';

/** What stands in every element. */
export const sharedStyles = css`
  [hidden] {
    display: none !important;
  }

  p {
    margin: 0;
    overflow-wrap: anywhere;
  }

  [part='message']:not(:empty) {
    margin-block: 8px;
    padding-inline-start: 12px;
    border-inline-start: 4px solid var(--pay-error-color, #d93025);
  }

  /* Google's button stands in the same root and is not to be touched. */
  .own {
    min-block-size: 44px;
    padding: 8px 16px;
    border: 1px solid currentcolor;
    border-radius: var(--pay-radius, 4px);
    font: inherit;
    color: inherit;
    background: none;
    cursor: pointer;
  }

  /* What most shoppers want next. */
  [part='button'],
  #proceed,
  #stay,
  #resume {
    border-color: transparent;
    color: var(--pay-button-color, light-dark(#fff, #000));
    background: var(--pay-button-background, light-dark(#000, #fff));
  }

  button:focus-visible {
    outline: 3px solid var(--pay-focus-color, Highlight);
    outline-offset: 2px;
  }

  [part='spinner'] {
    display: block;
    box-sizing: border-box;
    inline-size: 36px;
    block-size: 36px;
    border: 4px solid #767676;
    border-block-start-color: transparent;
    border-radius: 50%;
    pointer-events: none;
    animation: turn 1s linear infinite;
  }

  @keyframes turn {
    to {
      rotate: 1turn;
    }
  }

  @media print {
    .own,
    .slot,
    [part='spinner'] {
      display: none !important;
    }
  }

  @media (prefers-reduced-motion: reduce) {
    [part='spinner'] {
      animation: none;
    }
  }

  @media (forced-colors: active) {
    [part='spinner'] {
      border-color: Canvas CanvasText CanvasText;
    }
  }
`;
