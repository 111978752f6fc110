// Waits until the bank's app has decided, or its time is over, and goes on.
const form = document.querySelector('form[data-state]');

async function goOnWhenOver() {
  const { isOver } = await (await fetch(form.dataset.state)).json();
  if (isOver) form.submit();
  else setTimeout(goOnWhenOver, 500);
}

void goOnWhenOver();
