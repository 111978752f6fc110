/** A form for the bank: where it goes and its fields, each posted exactly as it is. */
export interface FormPost {
  readonly url: string;
  readonly fields: Readonly<Record<string, string>>;
}

/**
 * Posts the form, urlencoded, into the window of that name (`_self`, `_top` or a frame's own name). The form stands in
 * the page's document, not in the frame's: from a blank frame the browser would send no Referer, and some banks refuse
 * that. Says no where the page's content security policy makes `submit()` throw, as Firefox does; other engines report
 * it as a `securitypolicyviolation` only.
 */
export function postForm({ url, fields }: FormPost, target: string): boolean {
  const form = document.createElement('form');
  form.method = 'post';
  form.action = url;
  form.target = target;
  form.acceptCharset = 'utf-8';
  for (const [name, value] of Object.entries(fields)) {
    const input = document.createElement('input');
    input.type = 'hidden';
    input.name = name;
    input.value = value;
    form.append(input);
  }
  document.body.append(form);
  try {
    // The prototype's own, because a page may have replaced or shadowed the form's.
    HTMLFormElement.prototype.submit.call(form);
    return true;
  } catch {
    return false;
  } finally {
    form.remove();
  }
}
