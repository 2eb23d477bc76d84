// Loads the page again when the definitions have changed, or another server has taken the place of this one.
'use strict';
if ('watched' in document.documentElement.dataset) {
  let served;
  new EventSource('/_mock/reload').onmessage = ({ data }) => {
    if (served !== undefined && served !== data) location.reload();
    served = data;
  };
}
