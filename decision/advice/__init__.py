"""The advice: one object with the results of all stages, on which every output is a view.

In goes a case, out comes an `advice`. Beside what is `advised` (the form, the parts in it and the
way to it, after all stages) it holds the `findings` that follow, `questions` nobody has answered
and the `conditional` advice on those that decide, `assumptions` no source states, VNG's `checklist`
and `positions` in Antwoord with the `targets` that can be reached in time, the `number` as a
choice, the `growth` after the advised form, the `stages` of the plan, its route `compared` with
others and the `risks` of working together, lets the plan be done `again` with other durations, and
gives all of it as `tables`. The `inventory` says what can be declared, and what is known of that.
"""
