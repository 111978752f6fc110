// The bank gives up by itself: without a decision, its form says that the time is over.
const form = document.querySelector('form[data-patience]');
setTimeout(() => form.submit(), Number(form.dataset.patience));
