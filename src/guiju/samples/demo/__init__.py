"""The demo: the cast does the whole journey through the product's own actions, each as themselves.

`crew` gives the cast accounts, `material` holds what is annotated and what is true of it, `hands` annotates with each
person's own mistakes, `eyes` inspects by the truth, `journey` takes one project from its brief to the bank, `midlife`
leaves projects where everybody finds something to do, `home` keeps a demo's home. The truth is known here alone: no
item carries it. With one seed the work is the same every time; only an inspector's sample is not, since the machine
draws it by a secret seed.
"""

from guiju.samples.demo.crew import Crew, hire_cast, hire_crew
from guiju.samples.demo.errors import DatabaseTaken, NotADemoHome
from guiju.samples.demo.home import find_sign_ins, make_home
from guiju.samples.demo.journey import Journey, Sizes, Stage
from guiju.samples.demo.material import Material, service_material, steel_material
from guiju.samples.demo.midlife import NAMES, make_midlife, run_whole
from guiju.samples.demo.sheet import sign_in_sheet

__all__ = [
    "NAMES",
    "Crew",
    "DatabaseTaken",
    "Journey",
    "Material",
    "NotADemoHome",
    "Sizes",
    "Stage",
    "find_sign_ins",
    "hire_cast",
    "hire_crew",
    "make_home",
    "make_midlife",
    "run_whole",
    "service_material",
    "sign_in_sheet",
    "steel_material",
]
