import { expect } from '@open-wc/testing';
import { PayButton } from '../../src/elements/pay-button.js';
import { ThreedsFrame } from '../../src/elements/threeds-frame.js';

describe('define', () => {
  it('A23 defines the elements once; the second copy warns and changes nothing', async () => {
    const warnings: unknown[][] = [];
    const { warn } = console;
    console.warn = (...args: unknown[]) => warnings.push(args);
    try {
      await import('../../src/define.js');
      expect(customElements.get('pay-button')).to.equal(PayButton);
      expect(customElements.get('threeds-frame')).to.equal(ThreedsFrame);
      expect(customElements.get('pay-status')).to.be.a('function');
      expect(warnings).to.have.length(0);

      const second = '../../src/define.ts?second'; // another module to the browser
      await import(second);
      expect(customElements.get('pay-button')).to.equal(PayButton);
      expect(warnings).to.have.length(1);
    } finally {
      console.warn = warn;
    }
  });
});
