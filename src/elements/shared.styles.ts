import { css } from 'lit';

/** What stands in every element. */
export const sharedStyles = css`
  [hidden] {
    display: none !important;
  }

  [part='spinner'] {
    box-sizing: border-box;
    place-self: center;
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
