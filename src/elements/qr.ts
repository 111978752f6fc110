import { html, nothing, type TemplateResult } from 'lit';
import { qrCode } from './qr-code.js';

/** The empty edge that readers need, in modules. */
const EDGE = 4;

/** A QR code as one path of unit squares; nothing where the text is too long for one that a phone can read. */
export function renderQr(text: string, name: string): TemplateResult | typeof nothing {
  const rows = qrCode(text);
  if (!rows) return nothing;
  const size = rows.length + 2 * EDGE;
  const path = rows.flatMap((row, y) => row.map((dark, x) => (dark ? `M${x} ${y}h1v1h-1z` : ''))).join('');
  return html`<svg part="qr" role="img" aria-label=${name} viewBox="${-EDGE} ${-EDGE} ${size} ${size}">
    <path d=${path}></path>
  </svg>`;
}
