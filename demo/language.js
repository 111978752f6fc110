// The page's language, uk or en. Every text stands in the page in both languages and shop.css shows the one that
// <html lang> names; the pay elements follow the same attribute. Loaded in <head>, so that nothing flashes.
{
  const preferred = localStorage.getItem('language') ?? navigator.language.slice(0, 2);
  document.documentElement.lang = preferred === 'uk' ? 'uk' : 'en';

  document.addEventListener('DOMContentLoaded', () => {
    const buttons = document.querySelectorAll('.languages button');
    const mark = () => {
      for (const button of buttons) {
        button.setAttribute('aria-pressed', String(button.lang === document.documentElement.lang));
      }
    };
    for (const button of buttons) {
      button.addEventListener('click', () => {
        document.documentElement.lang = button.lang;
        localStorage.setItem('language', button.lang);
        mark();
      });
    }
    mark();
  });
}
