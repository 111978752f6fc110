// Buttons that carry a sandbox card fill the form with it.
const form = document.querySelector('form[data-card-form]');
for (const button of document.querySelectorAll('button[data-card]')) {
  button.addEventListener('click', () => {
    form.elements.namedItem('number').value = button.dataset.pan.replace(/\d{4}(?=\d)/g, '$& ');
    form.elements.namedItem('expiry').value = '12/30';
    const cvv = form.elements.namedItem('cvv');
    if (cvv) cvv.value = '123';
    form.querySelector('button.primary').focus();
  });
}
