"""One function a chart: tables in, a `style.Figure` with its words out."""

from .aid import *
from .balance import *
from .debate import *
from .ledger import *
from .maps import *
from .membership import *
from .options import *
from .readiness import *
from .road import *
from .spending import *
from .treaty import *
