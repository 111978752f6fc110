// A bank whose answer goes out twice at the same moment, as after a double click.
const form = document.querySelector('form[data-auto-post]');
const body = new URLSearchParams(Array.from(form.elements, ({ name, value }) => [name, value]));
void fetch(form.action, { method: 'POST', mode: 'no-cors', keepalive: true, body });
form.submit();
