"""Every computation that a lesson, a claim and a test share: pure functions of tables."""

from .aid import *
from .balance import *
from .debate import *
from .geography import *
from .ledger import *
from .membership import *
from .options import *
from .readiness import *
from .road import *
from .spending import *
from .treaty import *
