"""Workbook: the calculation once more, in live formulas, as a file for a spreadsheet program.

A reader changes an input and follows every step to the money. The workbook is a second implementation of the model: it
shares no arithmetic with the costing room, and is checked against it to a penny, in tests and in the file itself.

How to read this folder: ``book`` says what a workbook holds (sheets, blocks, lines, tables), ``stages`` has one module
for each stage of the method, ``handles`` what each stage gives to the next, ``build`` the list of stages, ``figures``
the formulas and numbers of the file, and a draft that has only these, ``calculate`` what the draft's formulas come to,
``write`` the file with its looks, ``control`` cover, checks, limits and logs.

How to add a stage
------------------
1. A module in ``stages`` with the name it has in the costing room. Its docstring holds the formula, its function takes
   ``Basis`` (book, comparison, entries, indices, planned quantities) and the handles of earlier stages, and returns the
   dataclass of ``handles`` that bears its name. Add fields there as later stages need them.
2. What a reader may change goes on a sheet of inputs first. A table (``book.named("Inputs").table(title, headers,
   note)``, or a page of your own by ``book.page``) takes rows of text, ``Entry(value, unit, bounds of units.py)``,
   ``Fixed`` and ``Formula``, and gives their cells; ``table.rows`` gives ``Column``s. Figures by year or month:
   ``book.sheet(...).block(...).entered(labels, unit, values, period="year")``.
3. Lines: ``sheet = basis.book.sheet("Certainty", "what it works out")`` once; then for each quantity a block with one
   line for each service (or group of posts), ingredients above results, contracts one block after the other::

       block = sheet.block(f"Leaving rate: {contract}", "(turnover + extra x insecure) / 12")
       leaving = block.stack(
           entered.services, FRACTION,
           lambda at: f"({behaviour.turnover[at]}+{behaviour.extra_turnover[at]}*{insecure[at].now})/{twelve}",
           of=contract, engine=of_case(engine.evaluation.staffing.leaving_rate, case))

   One template is one formula along the row. ``line.now``, ``.before`` (empty before the first month),
   ``.in_month(n)``, ``.in_year(n)``, ``.of_year(book.time)``; ``stack.now`` is a range down the services. A balance:
   ``closing = book.ahead(n)`` first, ``block.stack(..., fill=closing)`` when its turn comes. ``years="sum"`` shows the
   totals by financial year and of all months, which yearly lines (``period="year"``) then name as ``line.year``.
4. ``engine=`` gives the engine's values, wherever it has them: tests compare every such line. ``book.compare(name,
   stack)`` puts results on the sheet of the engine's figures and into the master check; ``book.check`` and
   ``book.check_nil`` add reconciliations; ``book.limit`` says what is not live.
5. Call it in ``build.book_of`` and give it a test like ``tests/report/workbook/test_costs.py``.

No number stands in a formula but 0 and 1: others are entries or ``entered.constants``. Functions that LibreOffice 7.4
and IronCalc know: INDEX, MATCH, SUMPRODUCT, SUMIFS, COUNTIF, IF, MIN, MAX, ABS, EXP, LN, ROUND, EDATE, EOMONTH.
No OFFSET, INDIRECT, LET or array formulas; IronCalc's SUMXMY2 refuses a range of one cell, SUMPRODUCT does not. Flags
are products of comparisons, ``(a>=b)*(a<=c)``, and not nested IFs. Prices of other years than a month's own:
``stages.plan.cost_plan`` costs the plan anew, and ``stages.price_bases`` once for all contracts that agree in them.
"""
