"""Every slice's routes, in the order of a label's life."""

from litestar.types import ControllerRouterHandler

from guiju.annotations.imports import api as annotations_api
from guiju.annotations.imports import pages as annotations_pages
from guiju.bank.consents import api as bank_consents_api
from guiju.bank.consents import pages as bank_consents_pages
from guiju.bank.contradicting import api as contradicting_api
from guiju.bank.contradicting import pages as contradicting_pages
from guiju.bank.drawing import api as bank_drawing_api
from guiju.bank.drawing import pages as bank_drawing_pages
from guiju.bank.finding import api as bank_finding_api
from guiju.bank.finding import pages as bank_finding_pages
from guiju.bank.mapping import api as mapping_api
from guiju.bank.mapping import pages as mapping_pages
from guiju.bank.offering import api as bank_offering_api
from guiju.bank.offering import pages as bank_offering_pages
from guiju.bank.withdrawing import api as withdrawing_api
from guiju.bank.withdrawing import pages as withdrawing_pages
from guiju.briefs import api as briefs_api
from guiju.briefs import pages as briefs_pages
from guiju.cleaning.auditing import api as auditing_api
from guiju.cleaning.auditing import pages as auditing_pages
from guiju.cleaning.duplicates import api as duplicates_api
from guiju.cleaning.duplicates import pages as duplicates_pages
from guiju.cleaning.profiles import api as profiles_api
from guiju.cleaning.profiles import pages as profiles_pages
from guiju.cleaning.quality import api as quality_api
from guiju.cleaning.quality import pages as quality_pages
from guiju.cleaning.recipes import api as recipes_api
from guiju.cleaning.recipes import pages as recipes_pages
from guiju.coaching import api as coaching_api
from guiju.coaching import pages as coaching_pages
from guiju.coaching.lessons import api as lessons_api
from guiju.coaching.lessons import pages as lessons_pages
from guiju.coaching.skills import api as skills_api
from guiju.coaching.skills import pages as skills_pages
from guiju.collecting import api as collecting_api
from guiju.collecting import pages as collecting_pages
from guiju.consensus import api as consensus_api
from guiju.consensus import pages as consensus_pages
from guiju.consensus.adjudication import api as adjudication_api
from guiju.consensus.adjudication import pages as adjudication_pages
from guiju.consensus.wanting import api as wanting_api
from guiju.consensus.wanting import pages as wanting_pages
from guiju.data import api as data_api
from guiju.data import pages as data_pages
from guiju.data.listening import api as listening_api
from guiju.data.outlining import api as outlining_api
from guiju.delivery import api as delivery_api
from guiju.delivery import pages as delivery_pages
from guiju.delivery.harvest import api as harvest_api
from guiju.delivery.harvest import pages as harvest_pages
from guiju.exams import api as exams_api
from guiju.exams import pages as exams_pages
from guiju.feeds import api as feeds_api
from guiju.feeds import pages as feeds_pages
from guiju.findings.analysis import api as analysis_api
from guiju.findings.analysis import pages as analysis_pages
from guiju.findings.picks import api as picks_api
from guiju.findings.picks import pages as picks_pages
from guiju.findings.search import api as search_api
from guiju.findings.search import pages as search_pages
from guiju.findings.shelf import api as shelf_api
from guiju.findings.taking import api as taking_api
from guiju.findings.taking import pages as taking_pages
from guiju.findings.upward import api as upward_api
from guiju.findings.upward import pages as upward_pages
from guiju.inspection import api as inspection_api
from guiju.inspection import pages as inspection_pages
from guiju.inspection.acceptance import api as acceptance_api
from guiju.inspection.acceptance import pages as acceptance_pages
from guiju.inspection.bench import api as inspection_bench_api
from guiju.inspection.bench import pages as inspection_bench_pages
from guiju.inspection.causes import api as causes_api
from guiju.inspection.causes import pages as causes_pages
from guiju.inspection.disputes import api as disputes_api
from guiju.inspection.disputes import pages as disputes_pages
from guiju.inspection.plans import api as lot_plans_api
from guiju.inspection.proof import api as lot_proof_api
from guiju.inspection.seconds import api as seconds_api
from guiju.inspection.seconds import pages as seconds_pages
from guiju.inspection.streams import api as streams_api
from guiju.inspection.streams import pages as streams_pages
from guiju.pay import api as pay_api
from guiju.pay import pages as pay_pages
from guiju.people import api as people_api
from guiju.people import pages as people_pages
from guiju.planning import pages as planning_pages
from guiju.planning.amendments import api as amendments_api
from guiju.planning.amendments import pages as amendments_pages
from guiju.planning.drafting import api as drafting_api
from guiju.planning.drafting import pages as drafting_pages
from guiju.planning.estimate import api as estimate_api
from guiju.planning.estimate import pages as estimate_pages
from guiju.planning.impact import api as impact_api
from guiju.planning.impact import pages as impact_pages
from guiju.planning.progress import api as progress_api
from guiju.planning.progress import pages as progress_pages
from guiju.planning.relabelling import api as relabelling_api
from guiju.planning.relabelling import pages as relabelling_pages
from guiju.planning.retrospective import api as retrospective_api
from guiju.planning.retrospective import pages as retrospective_pages
from guiju.projects import api as projects_api
from guiju.projects import pages as projects_pages
from guiju.rulebooks import api as rulebooks_api
from guiju.rulebooks import pages as rulebooks_pages
from guiju.rulebooks.library import api as library_api
from guiju.rulebooks.library import pages as library_pages
from guiju.rulebooks.writing import api as writing_api
from guiju.rulebooks.writing import pages as writing_pages
from guiju.rulings import api as rulings_api
from guiju.rulings import pages as rulings_pages
from guiju.rulings.asking import api as asking_api
from guiju.rulings.asking import pages as asking_pages
from guiju.rulings.seeing import api as seeing_api
from guiju.rulings.seeing import pages as seeing_pages
from guiju.rulings.waiting import api as waiting_api
from guiju.rulings.waiting import pages as waiting_pages
from guiju.scenes import api as scenes_api
from guiju.scenes import pages as scenes_pages
from guiju.site.direct import Direct
from guiju.work import api as work_api
from guiju.work import pages as work_pages
from guiju.work.drawing import api as drawing_api
from guiju.work.drawing import pages as drawing_pages
from guiju.work.pace import api as pace_api
from guiju.work.pace import pages as pace_pages
from guiju.work.queue import api as queue_api
from guiju.work.queue import pages as queue_pages
from guiju.work.recheck import api as recheck_api
from guiju.work.recheck import pages as recheck_pages
from guiju.work.trial import api as trial_api
from guiju.work.trial import pages as trial_pages
from guiju.work.trial.paper import api as trial_paper_api
from guiju.work.trial.paper import pages as trial_paper_pages
from guiju.work.trial.rounds import api as trial_rounds_api
from guiju.work.trial.rounds import pages as trial_rounds_pages

PAGES: list[ControllerRouterHandler] = [
    *people_pages.PAGES,
    *projects_pages.PAGES,
    *briefs_pages.PAGES,
    *data_pages.PAGES,
    *feeds_pages.PAGES,
    *profiles_pages.PAGES,
    *scenes_pages.PAGES,
    *taking_pages.PAGES,
    *upward_pages.PAGES,
    *duplicates_pages.PAGES,
    *quality_pages.PAGES,
    *recipes_pages.PAGES,
    *auditing_pages.PAGES,
    *rulebooks_pages.PAGES,
    *writing_pages.PAGES,
    *library_pages.PAGES,
    *annotations_pages.PAGES,
    *rulings_pages.PAGES,
    *asking_pages.PAGES,
    *waiting_pages.PAGES,
    *seeing_pages.PAGES,
    *collecting_pages.PAGES,
    *work_pages.PAGES,
    *queue_pages.PAGES,
    *drawing_pages.PAGES,
    *pace_pages.PAGES,
    *recheck_pages.PAGES,
    *trial_pages.PAGES,
    *trial_rounds_pages.PAGES,
    *trial_paper_pages.PAGES,
    *consensus_pages.PAGES,
    *adjudication_pages.PAGES,
    *wanting_pages.PAGES,
    *exams_pages.PAGES,
    *inspection_pages.PAGES,
    *inspection_bench_pages.PAGES,
    *causes_pages.PAGES,
    *disputes_pages.PAGES,
    *acceptance_pages.PAGES,
    *coaching_pages.PAGES,
    *lessons_pages.PAGES,
    *seconds_pages.PAGES,
    *streams_pages.PAGES,
    *skills_pages.PAGES,
    *search_pages.PAGES,
    *analysis_pages.PAGES,
    *picks_pages.PAGES,
    *delivery_pages.PAGES,
    *harvest_pages.PAGES,
    *pay_pages.PAGES,
    *bank_finding_pages.PAGES,
    *bank_drawing_pages.PAGES,
    *bank_offering_pages.PAGES,
    *bank_consents_pages.PAGES,
    *contradicting_pages.PAGES,
    *mapping_pages.PAGES,
    *withdrawing_pages.PAGES,
    *estimate_pages.PAGES,
    *planning_pages.PAGES,
    *drafting_pages.PAGES,
    *amendments_pages.PAGES,
    *impact_pages.PAGES,
    *relabelling_pages.PAGES,
    *progress_pages.PAGES,
    *retrospective_pages.PAGES,
]
API: list[ControllerRouterHandler] = [
    *people_api.API,
    *projects_api.API,
    *briefs_api.API,
    *estimate_api.API,
    *drafting_api.API,
    *data_api.API,
    *feeds_api.API,
    *listening_api.API,
    *outlining_api.API,
    *profiles_api.API,
    *scenes_api.API,
    *taking_api.API,
    *shelf_api.API,
    *upward_api.API,
    *amendments_api.API,
    *impact_api.API,
    *relabelling_api.API,
    *progress_api.API,
    *retrospective_api.API,
    *duplicates_api.API,
    *quality_api.API,
    *recipes_api.API,
    *auditing_api.API,
    *rulebooks_api.API,
    *writing_api.API,
    *library_api.API,
    *annotations_api.API,
    *rulings_api.API,
    *asking_api.API,
    *waiting_api.API,
    *seeing_api.API,
    *collecting_api.API,
    *work_api.API,
    *queue_api.API,
    *drawing_api.API,
    *pace_api.API,
    *recheck_api.API,
    *trial_api.API,
    *trial_rounds_api.API,
    *trial_paper_api.API,
    *consensus_api.API,
    *adjudication_api.API,
    *wanting_api.API,
    *exams_api.API,
    *inspection_api.API,
    *lot_plans_api.API,
    *lot_proof_api.API,
    *inspection_bench_api.API,
    *causes_api.API,
    *disputes_api.API,
    *acceptance_api.API,
    *coaching_api.API,
    *lessons_api.API,
    *seconds_api.API,
    *streams_api.API,
    *skills_api.API,
    *search_api.API,
    *analysis_api.API,
    *picks_api.API,
    *delivery_api.API,
    *harvest_api.API,
    *pay_api.API,
    *bank_finding_api.API,
    *bank_drawing_api.API,
    *bank_offering_api.API,
    *bank_consents_api.API,
    *contradicting_api.API,
    *mapping_api.API,
    *withdrawing_api.API,
]
DIRECT: dict[tuple[str, str], Direct] = {**work_api.DIRECT}
