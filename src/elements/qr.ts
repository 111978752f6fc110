import { html, type TemplateResult } from 'lit';
import { encode } from 'uqr';

/** A QR code as one path of unit squares. */
export function renderQr(text: string, name: string): TemplateResult {
  const { data, size } = encode(text, { ecc: 'M', border: 4 });
  const path = data.flatMap((row, y) => row.map((dark, x) => (dark ? `M${x} ${y}h1v1h-1z` : ''))).join('');
  return html`<svg part="qr" role="img" aria-label=${name} viewBox="0 0 ${size} ${size}">
    <path fill="currentColor" d=${path}></path>
  </svg>`;
}
