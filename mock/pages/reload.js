// Reloads the page when the definitions have changed or the server was replaced.
'use strict';
if ('watched' in document.documentElement.dataset) {
  let served;
  new EventSource('/_mock/reload').onmessage = ({ data }) => {
    if (served !== undefined && served !== data) location.reload();
    served = data;
  };
}
