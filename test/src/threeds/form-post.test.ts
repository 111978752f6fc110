import { expect, fixture, html } from '@open-wc/testing';
import { postForm } from '../../../src/threeds/form-post.js';
import { bankRequest, newChallenge } from '../../support/browser/threeds-stage.js';

async function namedFrame(): Promise<string> {
  const name = `frame-${crypto.randomUUID()}`;
  await fixture(html`<iframe name=${name} title="bank"></iframe>`);
  return name;
}

describe('postForm', () => {
  it('posts every field exactly as it is, into the frame of that name', async () => {
    const { acsUrl, bankPath } = await newChallenge();
    const fields = { PaReq: 'a+b/\r\nc==', MD: '', TermUrl: 'https://shop.example/3ds?x=1&y=ї' };
    expect(postForm({ url: acsUrl, fields }, await namedFrame())).to.be.true;
    const { method, body } = await bankRequest(bankPath);
    expect(method).to.equal('POST');
    expect([...new URLSearchParams(body)]).to.deep.equal(Object.entries(fields));
  });

  it('posts UTF-8 also from a page in another encoding', async () => {
    const { acsUrl, bankPath } = await newChallenge();
    const page = `<iframe name="bank" title="bank"></iframe>
      <script type="module">
        import { postForm } from '${location.origin}/src/threeds/form-post.ts';
        postForm({ url: '${acsUrl}', fields: { MD: '\\u0457' } }, 'bank');
      </script>`;
    const src = URL.createObjectURL(new Blob([page], { type: 'text/html; charset=windows-1251' }));
    await fixture(html`<iframe title="shop" .src=${src}></iframe>`);
    expect(new URLSearchParams((await bankRequest(bankPath)).body).get('MD')).to.equal('ї');
    URL.revokeObjectURL(src);
  });

  it('A9 takes markup literally', async () => {
    const { acsUrl, bankPath } = await newChallenge();
    const creq = `"></form><script>document.title = 'owned'</script>`;
    postForm({ url: acsUrl, fields: { creq } }, await namedFrame());
    expect(new URLSearchParams((await bankRequest(bankPath)).body).get('creq')).to.equal(creq);
    expect(document.title).not.to.equal('owned');
  });

  it('tells the bank which site it comes from, and no more', async () => {
    const { acsUrl, bankPath } = await newChallenge();
    postForm({ url: acsUrl, fields: { creq: 'x' } }, await namedFrame());
    expect((await bankRequest(bankPath)).referer).to.equal(`${location.origin}/`);
  });

  it('leaves no form behind', async () => {
    const { acsUrl, bankPath } = await newChallenge();
    postForm({ url: acsUrl, fields: { creq: 'x' } }, await namedFrame());
    expect(document.querySelector('form')).to.be.null;
    await bankRequest(bankPath);
  });

  it('says no, and still leaves no form behind, where the engine throws at a forbidden form', async () => {
    const submit = Object.getOwnPropertyDescriptor(HTMLFormElement.prototype, 'submit')!;
    HTMLFormElement.prototype.submit = () => {
      throw new DOMException('The operation is insecure.', 'SecurityError');
    };
    const posted = postForm({ url: 'https://bank.example/acs', fields: { creq: 'x' } }, 'nowhere');
    Object.defineProperty(HTMLFormElement.prototype, 'submit', submit);
    expect(posted).to.be.false;
    expect(document.querySelector('form')).to.be.null;
  });
});
