/** Keeps every `<data class="price" value="125.00" data-currency="UAH">` written as the page's language writes it. */
export function showPrices() {
  const { lang } = document.documentElement;
  for (const price of document.querySelectorAll('data.price[value]')) {
    price.textContent = new Intl.NumberFormat(lang, {
      style: 'currency',
      currency: price.dataset.currency,
      trailingZeroDisplay: 'stripIfInteger',
    }).format(price.value);
  }
}

showPrices();
new MutationObserver(showPrices).observe(document.documentElement, { attributeFilter: ['lang'] });
