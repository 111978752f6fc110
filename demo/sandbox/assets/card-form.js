// Buttons that carry a sandbox card fill the form with it. Sandbox cards never expire.
const validThru = `12/${String(new Date().getFullYear() + 3).slice(-2)}`;
const form = document.querySelector('form[data-card-form]');
for (const button of document.querySelectorAll('button[data-card]')) {
  button.addEventListener('click', () => {
    form.elements.namedItem('number').value = button.dataset.pan.replace(/\d{4}(?=\d)/g, '$& ');
    form.elements.namedItem('expiry').value = validThru;
    const cvv = form.elements.namedItem('cvv');
    if (cvv) cvv.value = '123';
    form.querySelector('button.primary').focus();
  });
}
