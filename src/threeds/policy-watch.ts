/**
 * Calls back when this page's content security policy keeps the bank's frame (`frame-src`) or form (`form-action`) back
 * from the address. A policy that only reports, and violations by other parts of the page, do not count.
 */
export function watchPolicy(url: string, signal: AbortSignal, blocked: () => void): void {
  document.addEventListener(
    'securitypolicyviolation',
    ({ disposition, effectiveDirective, blockedURI }) => {
      if (disposition !== 'enforce' || !['frame-src', 'form-action'].includes(effectiveDirective)) return;
      if (URL.canParse(blockedURI) && new URL(blockedURI).origin === new URL(url).origin) blocked();
    },
    { signal },
  );
}
