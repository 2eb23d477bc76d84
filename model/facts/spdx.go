package facts

import (
	"slices"
	"strings"
)

// spdx are the identifiers of the SPDX License List that APIs, and their data, are offered under. Any other name is
// just a name, so that nobody has to guess whether it is an identifier.
var spdx = strings.Fields(`
	0BSD AFL-3.0 AGPL-3.0-only AGPL-3.0-or-later Apache-1.1 Apache-2.0 Artistic-2.0
	BlueOak-1.0.0 BSD-1-Clause BSD-2-Clause BSD-2-Clause-Patent BSD-3-Clause BSD-3-Clause-Clear BSD-4-Clause BSL-1.0 BUSL-1.1
	CC-BY-3.0 CC-BY-4.0 CC-BY-NC-4.0 CC-BY-NC-ND-4.0 CC-BY-NC-SA-4.0 CC-BY-ND-4.0 CC-BY-SA-3.0 CC-BY-SA-4.0 CC0-1.0
	CDDL-1.0 CDDL-1.1 CECILL-2.1 CPAL-1.0 ECL-2.0 EFL-2.0 Elastic-2.0 EPL-1.0 EPL-2.0 etalab-2.0 EUPL-1.1 EUPL-1.2
	GFDL-1.3-only GFDL-1.3-or-later GPL-2.0-only GPL-2.0-or-later GPL-3.0-only GPL-3.0-or-later HPND ISC
	LGPL-2.1-only LGPL-2.1-or-later LGPL-3.0-only LGPL-3.0-or-later LiLiQ-P-1.1 LiLiQ-R-1.1
	MIT MIT-0 MPL-1.1 MPL-2.0 MPL-2.0-no-copyleft-exception MS-PL MS-RL MulanPSL-2.0 NCSA NLOD-1.0 NLOD-2.0
	ODbL-1.0 ODC-By-1.0 OFL-1.1 OGL-Canada-2.0 OGL-UK-1.0 OGL-UK-2.0 OGL-UK-3.0 OSL-3.0 PDDL-1.0 PHP-3.01 PolyForm-Noncommercial-1.0.0
	PolyForm-Small-Business-1.0.0 PostgreSQL PSF-2.0 Python-2.0 Ruby SSPL-1.0 Unlicense UPL-1.0 Vim W3C WTFPL X11 Zlib ZPL-2.1
`)

func isSPDX(name string) bool { return slices.Contains(spdx, name) }
