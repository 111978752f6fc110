document.querySelector('form[data-auto-post]').submit();
