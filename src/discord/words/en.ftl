# Everything that Deskhand says, in English.
#
# The name of a sentence is the name of the function that says it (src/discord/words). Another language is a copy of
# this file, translated, named after its tag, and listed in words.rs; what it leaves out is said in English.
#
# Tone: second person, present tense, short, warm, no exclamation marks. What happened first, then what to do next. The
# requester reads promises and not internals.


## Names of things

state_new = in the queue
state_assigned = offered
state_in_progress = in progress
state_waiting_user = waiting for the requester
state_waiting_vendor = waiting for a vendor
state_resolved = resolved
state_closed = closed
state_cancelled = cancelled
state_merged = merged into another ticket

code_fixed = Fixed: the cause is gone
code_workaround = Workaround: work goes on, the cause remains
code_answered = Answered: something was explained
code_provided = Provided: a right, a licence, a device
code_no_fault_found = No fault found
code_no_response = No answer: it ended by itself
code_declined = Declined: it will not be done

category_account = Account and password
category_access = Access and permissions
category_hardware = Computer and hardware
category_software = Software and licences
category_network = Network, Wi-Fi and VPN
category_email = Mail and calendar
category_printing = Printing and scanning
category_phone = Phones
category_meetings = Meetings and rooms
category_files = Files and shared drives
category_data_loss = Lost data
category_security = Security (confidential)
category_people = Joiners, leavers, personal (confidential)
category_other = Something else

impact_low = One person
impact_medium = A team, several people
impact_high = A whole site, everybody, or a critical service

urgency_low = Yes, it can wait
urgency_medium = Yes, with a workaround
urgency_high = No, work stops

# The same answers, as a technician reads them on a card.
affected_low = one person
affected_medium = a team
affected_high = a whole site or a critical service

can_work_low = it can wait
can_work_medium = there is a workaround
can_work_high = work stops

# The tiers as a requester reads them.
tier_l1 = first contact (L1)
tier_l2 = the specialists (L2)
tier_l3 = the experts (L3)

# What can be done to a ticket, after "you cannot".
verb_view = see
verb_claim = claim
verb_accept = accept
verb_reject = send back
verb_escalate = escalate
verb_escalate_skip = escalate past a tier
verb_resolve = resolve
verb_release = give back
verb_assign = assign
verb_note = write a note on
verb_reply = answer
verb_ask_user = ask the requester about
verb_resume = resume
verb_reassess = reassess
verb_deescalate = de-escalate
verb_vendor = work with a vendor on
verb_cancel = cancel
verb_confirm = confirm
verb_reopen = reopen
verb_rate = rate
verb_ask_escalation = ask for a higher tier on
verb_transcript = read the transcript of
verb_people = change who takes part in
verb_ask_approval = ask for leave in
verb_approve = decide about a change in
verb_link = merge, split or relate
verb_merge_other = merge another person's ticket into or out of
verb_unmerge = part
verb_follow_up = open a follow-up of
verb_add = add to
verb_override = set the priority of
verb_extend = make the time longer for
verb_waive = waive what ran out on
verb_link_problem = link a problem to

priority_line = { $priority } · { $affected } · { $can_work }
list_and = { $first } and { $last }
list_or = { $first } or { $last }
list_comma = { $first }, { $last }
something_unknown = unknown

duration_moment = less than a minute
duration_minutes = { $minutes } min
duration_hours = { $hours } h { $minutes } min
duration_days =
    { $days ->
        [one] { $days } day
       *[other] { $days } days
    } { $hours } h

# Where a ticket stands, within a sentence.
standing_plain = *{ $state }*
standing_queue = *{ $state }* of { $tier }
standing_offered = *{ $state }* to { $who }
standing_by = *{ $state }*, by { $who }


## Refusals: what happened, then what to do next

refusal_no_such_ticket = No ticket { $number } that you can see. Check the number, or find yours with `/ticket list`.
refusal_which_ticket = This is not a ticket's thread, so it is not clear which ticket you mean. Name it in the option `ticket`, for example T-0042.
refusal_not_allowed = You cannot { $verb } { $number }. Whoever works on it can, or a lead.
refusal_for_requester = You cannot { $verb } { $number }. Only its requester can.
refusal_for_requester_or_lead = You cannot { $verb } { $number }. Its requester can, or a lead.
refusal_for_lead = You cannot { $verb } { $number }. A lead can.
refusal_role_needed = This is for { $roles }. Ask a desk admin if you should have that role.
refusal_wrong_state = { $number } is { $standing }, so you cannot { $verb } it. Nothing was done. { $next }
refusal_changed_meanwhile = Changed meanwhile: now { $standing }. Nothing was done. See where it stands with `/ticket show { $number }`.
refusal_offered_to_another = { $number } is offered to { $who }. Wait for their answer, or ask a lead to take it.
refusal_own_ticket = { $number } is your own request, and nobody works on their own. Leave it to a colleague.
refusal_summary_too_short =
    { $length ->
        [one] The summary has { $length } character,
       *[other] The summary has { $length } characters,
    } and the next tier needs at least { $at_least } to understand it. Say a little more and send it again.
refusal_hand_over_incomplete = One of the five texts is empty. Fill in all of them; where there is nothing to say, write so.
refusal_nobody_above = There is nobody above { $tier } to hand { $number } over to. Ask a lead, or go on with it yourself.
refusal_not_above = { $to } is not above { $tier }, where the ticket is. Choose a higher tier, or leave the option out.
refusal_no_skipping = The next tier is { $next }, and only urgent tickets pass it over. Escalate to { $next }, or ask a lead.
refusal_reason_needed = This needs a reason. Give one and try again.
refusal_cannot_hide = { $number } cannot become confidential: leads can read its thread already. Open a new ticket about this, and end this one.
refusal_rating_over = The time for saying how { $number } went has passed. Tell a lead, if there is something they should know.
refusal_takes_part_already = { $who } takes part in { $number } already.
refusal_takes_no_part = { $who } does not take part in { $number }. `/work people` shows who does.
refusal_too_many_people = { $number } has { $at_most } people beside its requester; that is as many as there can be. Take somebody out first.
refusal_merge_itself = { $number } is that ticket. Name another one.
refusal_merge_confidential = { $number } and { $into } cannot be merged: one of them is confidential and the other is not. Relate them instead: `/link relate`.
refusal_merge_ended = { $into } has ended. Name a ticket that is worked on, or resolved within its time for reopening.
refusal_merge_settled = { $number } was merged more than 24 hours ago, and that stays. Open a new ticket for what is left.
refusal_extended_already = The time for reopening { $number } was made longer before, and that is possible once. Open a follow-up when it is over.
refusal_is_bot = { $who } is a bot. Choose a person.
refusal_nothing_to_waive = No clock of { $number } ran out, or every one that did is waived already. There is nothing to do.
refusal_only_for_yourself = Only technicians and leads open tickets for somebody else. Leave `for` out to open one for yourself.
refusal_lesson_needed = The experts leave a lesson when they end what was handed up to them. Say what the tiers below can do about something like { $number } next time.
refusal_approval_needed = { $number } is about rights, and L2 changes those with the word of L3 or of a lead. Ask for it first: *Ask for leave* in `/ticket show`.
refusal_no_approval_needed = Nobody needs leave for a change in { $number }. Go ahead.
refusal_nothing_to_approve = Nobody waits for leave in { $number }, or it was answered already. `/ticket history` shows by whom.
refusal_vendor_by_higher_tier = In this category L2 calls vendors. Hand { $number } over first: `/work escalate`.
refusal_no_open_case = No vendor works on { $number } now, or not under that reference. `/vendor list` shows the cases; `/vendor open` asks a vendor.
refusal_which_case = Several vendors work on { $number }. Say which case is meant, by its reference.
refusal_no_such_vendor = The desk has no vendor *{ $typed }*. `/vendor list` shows those there are; a lead adds one with `/lead vendor`.
refusal_reference_taken = That vendor has a case { $reference } already. Update it, or look at the reference again: `/vendor list`.
refusal_bad_hours = The hours cannot be read. Write `24/7`, or days, times and a time zone: `Mon-Fri 09:00-17:00 Europe/Berlin`.
refusal_bad_hours_because = These hours cannot be: { $why } Write `24/7`, or days, times and a time zone: `Mon-Fri 09:00-17:00 Europe/Berlin`.
refusal_bad_target = “{ $typed }” is no time for { $clock }. Write hours and minutes, such as `4 h` or `1 h 30 min`, or `none` for no promise; an update can be `every 30 min`. Days are not taken: one may have 24 hours, or those of a working day.
refusal_no_such_calendar = There is no calendar “{ $typed }”. `/sla calendar` shows those that there are, and makes new ones.
refusal_file_too_large = That file is too large: at most { $kilobytes } KiB are read. Nothing was done.
refusal_file_not_read = The file could not be fetched from Discord. Attach it again.
refusal_file_no_text = That is no text file in UTF-8. Save it as one and attach it again.
refusal_promises_changed = Somebody changed what is promised, or when the desk is open, since you looked. Give the file again and see what it changes now.
refusal_nothing_said = There is no text in that. Write something and send it again.
refusal_nobody_free = Nobody at { $tier } can be given { $number } now: all are off duty, full, or gave it back a moment ago. Name somebody, or leave it in the queue.
refusal_their_own = { $number } is { $who }'s own request, and nobody works on their own. Name somebody else.
refusal_has_it_already = { $who } has { $number } already. Nothing was done.
refusal_holds_no_role = { $who } is not known to hold { $tier }. Name somebody of that tier; who is new to the role shows up with their first command.
refusal_off_duty = { $who } is off duty. Name somebody else; a lead can call them in.
refusal_away_until = Until when? Say how long (2h, 3 days, 2 weeks) or a date (2026-08-01, or 2026-08-01 14:00) that lies ahead, within a year.
refusal_no_deputy = { $who } cannot take your place. Name somebody else who holds L1, L2 or L3.
refusal_bad_capacity = Say a number of units from 1 to { $at_most }: P1 weighs 8, P2 4, P3 2, P4 1.
refusal_no_such_shift = That shift is not yours, has begun, or is not planned any more. Only a shift that lies ahead can be swapped.
refusal_shift_name_taken = There is a shift called “{ $name }” already. Choose another name, or change that one.
refusal_too_many_shifts = There are { $at_most } shifts already, and a desk has no more. End one that you do not need.
refusal_asked_another = { $who } was asked, and only they can answer.
refusal_whose_tickets = Whose tickets? Name one person, or one tier whose crew's tickets are all moved.
refusal_not_on_the_desk = { $who } is not known to hold a role of the desk. Who is new to a role shows up with their first command.
refusal_nobody_below = There is no tier below { $tier } that anybody holds. Give { $number } back to the queue, or go on with it yourself.
refusal_asked_lately = You asked for more help with { $number } a short while ago, and everybody concerned was told. { $again }
refusal_text_too_short =
    { $length ->
        [one] Your text has { $length } character;
       *[other] Your text has { $length } characters;
    } it needs at least { $at_least }. Say a little more and send it again.
refusal_article_or_why_none = Name the article that answers this, or say why none does.
refusal_no_draft_here = L2, L3 and the leads begin articles. Say why none fits, and what one should say: they read it.
refusal_no_draft_confidential = { $number } is confidential, and an article is for everybody. Say why none fits instead.
refusal_draft_changed = { $by } wrote at this draft meanwhile. Nothing was overwritten: open it again, and put in what you wrote.
refusal_no_such_draft = There is no draft { $name }, or not any more. `/kb draft` lists all that is being written.
refusal_draft_elsewhere = The draft { $name } is { $stage }, so that cannot be done with it now. Nothing was changed.
refusal_own_draft = You wrote at it, so somebody else decides: a second pair of eyes is the point.
refusal_article_moved = The file of *{ $title }* was changed since somebody wrote at this draft. Press *Write*, put in what is new, and ask for a review again. Nothing was published.
refusal_article_faulty = The knowledge base would not take this article:
    { $why }
    Press *Write* and mend it; nothing is lost.
refusal_article_too_long = `{ $path }` is longer than a form on Discord takes. Change the file itself; I read it within a second of saving.
refusal_article_file = The file `{ $path }` could not be read: { $why }. Nothing was changed. Whoever runs the desk can see to it.
refusal_no_such_article = There is no article “{ $typed }”. Type a word of its title and choose from the list.
refusal_too_many_asks =
    { $allowed ->
        [one] You can ask { $allowed } question in a minute. { $again }
       *[other] You can ask { $allowed } questions in a minute. { $again }
    }
refusal_too_many_guild_asks = Very many people ask at this moment. { $again }
refusal_too_many_openings =
    { $allowed ->
        [one] You can open { $allowed } ticket in ten minutes. { $again }
       *[other] You can open { $allowed } tickets in ten minutes. { $again }
    }
refusal_too_many_openings_per_day =
    { $allowed ->
        [one] You can open { $allowed } ticket in a day. { $again }
       *[other] You can open { $allowed } tickets in a day. { $again }
    }
refusal_too_many_open_tickets =
    { $allowed ->
        [one] You can have { $allowed } open ticket at a time. Add what is new to the thread of the one you have.
       *[other] You can have { $allowed } open tickets at a time. Add what is new to the thread of one that you have.
    }
refusal_too_many_reminders = { $allowed } reminders of yours still wait, which is as many as there can be. Set another when some have come.
refusal_too_many_guesses = You asked for many tickets that you cannot see. { $again }
again_at = Try again { $when }.
again_later = Try again a little later.
refusal_already_opened = You opened { $number } with the same words a moment ago, so there is no second one. Add what is new in its thread.
refusal_not_set_up = The desk is not set up on this server yet. Somebody who administers the server can do it with `/setup run`.
refusal_first_set_up = The first set-up is for the server's owner or an administrator. Ask one of them to run `/setup run`.
refusal_stale_button = This button is no longer valid. Start again with the command.
refusal_empty_question = There is no question in that. Say what does not work, in your own words.
refusal_which_desk = You share more than one desk with me, so it is not clear which one you mean. Use `/ticket open` on the server whose desk should help.
refusal_server_only = This works on a server, not in a direct message. Go to your company's server and try it there.
refusal_bad_input = The option `{ $field }` needs { $expected }. Correct it and try again.
refusal_busy = There is more to do than I can take at this moment. Try again in a minute.

expected_ticket_number = a ticket's number, for example T-0042
expected_one_of_the_choices = one of the choices that are offered
expected_quiet_hours = two times of the day, such as 22:00-06:00, or the word off
expected_time_of_day = a time of the day, such as 08:00 or 17:30
expected_text = a text that says what it is about
expected_role = a role of this server
expected_text_channel = a text channel of this server
expected_span = a span of time between a minute and a year, such as 30m, 2h, 3d or 1w

# What to do next where a ticket is in the wrong state.
next_claim_first = Claim it first.
next_accept_first = Accept it first.
next_offered = If that is you, accept it; if not, it comes back when they do not accept it in time.
next_no_hand_over = There is no hand-over to send back: claim it, or leave it to others.
next_somebody_has_it = `/ticket list` shows what waits for somebody.
next_reopen = If it is not solved, reopen it.
next_confirm = If it is solved, confirm it, and it closes.
next_say_so = Somebody works on it already: say in the thread that you do not need it any more.
next_ended = If the trouble is back, open a new ticket and name this one; of a closed one, `/ticket reopen` makes a follow-up.

failed = Something went wrong on my side, and nothing was done. Try again; if it happens again, tell a desk admin the reference { $reference }.


## Notices to the requester

notice_opened_line = { $requester }, the desk has your request.
notice_opened_text =
    Next, { $tier } looks at it, and you read here who takes it.
    Add whatever helps in the meantime: a screenshot, an error message word for word, what you tried.
notice_claimed = { $by } takes care of this now, for { $tier }.
notice_handed_over = This goes to { $tier }. Everything that you wrote goes along, so you do not have to tell it twice.
notice_sent_back = This is with { $tier } again, who know your request. You do not have to do anything.
notice_resolved_title = { $number } is resolved
notice_resolved_by = { $by } · { $code }
notice_resolved_article = More about it: { $article }
notice_resolved_until = Solved for you too? *All good* closes it. *Still broken* opens it again, until { $until }.
notice_still_broken = { $who }, this is resolved, so nobody is waiting for messages here. Is something still broken?
notice_how_was_it = How did it go with { $number } · { $title }? One press is enough.
notice_rating =
    { $score ->
        [1] The requester of { $number } was not content: 1 of 5.
        [2] The requester of { $number } was not content: 2 of 5.
       *[other] The requester of { $number } says { $score } of 5 now.
    }
rating_asked = One more thing, if you like: how did it go?
rate_1 = 1 · bad
rate_2 = 2
rate_3 = 3 · fair
rate_4 = 4
rate_5 = 5 · good
rated = Thank you for saying so.
rated_why = Thank you. What should have been better? A lead reads it.
button_say_why = Say why
form_rate = How { $number } went
label_rate_comment = What went well, what did not? (optional)
history_rated = { $by } gives it { $score } of 5
notice_reply_by = { $by } answers
notice_question_by = { $by } asks
notice_question_line = { $who }, a question for you. Write the answer here.
notice_reply_line = { $who }, an answer for you.
notice_answered = { $who }, the answer is here.
notice_cancelled = { $by } withdrew this. Nothing more happens with it.
notice_cancelled_because = { $by } ends this without a solution:
notice_reopened = { $by } says that it is not solved yet:
notice_reopened_back = { $who }, it is with you again.
notice_reopened_queue = It waits in the queue for the next free person.
notice_escalation_asked = The requester asks for more help:
notice_escalation_asked_line = { $who }, please have a look.
notice_escalation_asked_leads = The requester of { $number } asks for more help. It is with { $who }, at { $tier }.
notice_escalation_asked_nobody = The requester of { $number } asks for more help. It waits at { $tier }, with nobody.
notice_closed = { $number } is closed. If the trouble comes back, `/ticket reopen` opens a follow-up that knows all of this.
notice_file_by = { $by } sent this along: { $name } ({ $size })
notice_file_unshown = I keep it, and cannot show it here.
notice_file_missing = { $who }, one thing is missing. Post it here, or say where it is.
notice_file_missing_text = Your file { $name } could not be kept: it is too large, or it was gone.


## Notices to the staff

notice_hand_over_title = Hand-over { $from } → { $to } · { $number }
notice_hand_over_by = Sent by { $by }
notice_hand_over_offered = { $who }, this hand-over is offered to you: accept it, or send it back with a reason.
notice_hand_over_called = { $who }: urgent. Whoever accepts first has it.
notice_hand_over_open = Nobody alone is asked: whoever is free at { $tier } accepts it.
notice_hand_over_skipped = Why a tier was passed over
notice_route = { $from } → { $to }
notice_escalation_line = { $number } · { $route } · { $priority } · sent by { $by } { $at } · ticket { $age } old
notice_escalation_offered = Offered to { $who }.
notice_escalation_open = Offered to nobody alone.
notice_escalation_taken = Taken by { $by } after { $after }.
notice_escalation_returned = Sent back by { $by } after { $after }.
notice_reject_line =
    { $times ->
        [one] { $number } · sent back { $from } → { $to } by { $by }
       *[other] { $number } · sent back { $from } → { $to } by { $by }, the { $times }. time
    }
notice_accepted = { $by } accepts this for { $tier }, { $after } after it was offered.
notice_rejected = { $by } sends this back from { $from } to { $to }.
notice_rejected_offered = { $who }, it is with you again.
notice_rejected_open = It waits in the queue of { $to }.
notice_released_lost_role = { $from } no longer holds the role for this ticket, so it is free again.
notice_released_left = { $from } left the server, so the ticket is free again.
notice_released_given_back = { $from } gives { $number } back:
notice_assigned_line = { $who }, { $number } is given to you.
notice_assigned = { $by } gives { $number } to { $who }.
notice_assigned_from = { $by } gives { $number } from { $from } to { $who }.
notice_note_by = Note by { $by }
notice_deescalated = { $by } hands this down from { $from } to { $to }:
notice_deescalated_offered = { $who }, it is offered to you.
notice_deescalated_open = It waits in the queue of { $to }.
notice_reopened_again = { $number } was reopened, the { $times }. time. Have a look at why it does not stay solved.
notice_released_offered = { $who }, it is offered to you.
notice_released_open = It waits in the queue.
notice_why_none = Why no article
notice_lead_decides = { $number } was sent back { $times } times, last from { $from } to { $to }. Decide where it goes: nothing is offered by itself any more.
notice_released_unanswered = { $from } did not accept { $number } in time.
notice_released_off_duty = { $number }: { $from } is off duty now.
notice_released_away = { $number }: { $from } is away now.
notice_offer = { $who }: it is your turn with { $number }. Accept it, or give it back so that the next one is asked.
notice_offer_until = Accept it by { $at }, { $until }. After that it goes to the next.
notice_offer_unskilled = Nobody who is put down for { $category } is on duty, so it goes to whoever is.
notice_let_pass =
    { $times ->
        [one] { $number } was offered at { $tier } and not accepted in time.
       *[other] { $number } was offered to { $times } people at { $tier }, and none accepted it in time.
    } Nobody else is asked by itself. Find somebody, or take it.
notice_urgent = { $number } is { $priority }, at { $tier }. Everybody on duty there is called.
notice_call = { $who }: { $number } is { $priority }. Whoever claims it first has it.
notice_call_nobody = { $number } is { $priority }, and nobody on duty can be called. Whoever reads this and can, claims it.
notice_nobody_to_offer = { $number } waits at { $tier }, and nobody on duty there can be offered it. Find somebody, or take it.
notice_cannot_deliver = I cannot do my work in { $place }. Missing: { $missing }. Grant it in the channel's settings; `/setup check` shows the rest.
notice_cannot_deliver_said = I cannot do my work in { $place }. Discord says: { $said }. `/setup check` shows what to mend.
notice_somewhere = one place on this server
notice_where = Staff thread: { $thread }
notice_flood = { $who } runs into a limit again and again: { $limit }. Have a look whether something is wrong.
notice_set_up_report = { $by }, the set-up is done as far as it goes.

limit_asks = questions in a minute
limit_guild_asks = questions of everybody in a minute
limit_openings = tickets in ten minutes
limit_openings_per_day = tickets in a day
limit_open_tickets = open tickets at a time
limit_guesses = tickets asked for that they cannot see
limit_reminders = reminders that wait


## What stands above a field

field_requester = Requester
field_category = About
field_priority = Priority
field_state = State
card_accept_by = { $who }, to accept { $until }
field_assignee = With
field_opened = Opened
field_changed = Last change
field_body = What happens
field_tried = Tried so far
field_summary = What this is about
field_findings = Findings
field_asked = What is asked of the next tier
field_told = What the requester was told
field_reason = Reason
field_done = How it ended
field_remaining = What is left to do
nobody_yet = nobody yet


## Buttons

button_claim = Claim
button_accept = Accept
button_reject = Send back
button_escalate = Escalate
button_escalate_one = Escalate { $number }
button_resolve = Resolve
button_show = Show
button_confirm = All good
button_reopen = Still broken
button_withdraw = Withdraw
button_end = End without a solution
button_open_again = Open again
button_ask_escalation = Ask for more help
button_history = History
button_ask_user = Ask the requester
button_reply = Answer
button_resume = Take up again
button_note = Note
button_reassess = Priority
button_release = Give back
button_assign = Assign
button_deescalate = Hand down
button_hand_overs = Hand-overs
button_to_thread = Go to the thread
button_to_staff_thread = Go to the staff thread
button_solved = Solved it
button_show_article = Show the article
button_others = Not this, other matches
button_open_ticket = Open a ticket
button_show_me = Show me
button_continue = Continue
button_cancel = Cancel
button_previous = Back
button_next = Next


## Asking

ask_source = From { $path }
ask_goes_on = There is more in the article.
ask_did_you_mean = Did you mean one of these?
ask_read = I read { $pairs }.
ask_read_pair = “{ $typed }” as “{ $meant }”
ask_unknown = I don't know this one. Open a ticket, and a person helps; what you wrote goes along.
ask_small_talk = Hello, this is the help desk. Tell me what does not work, for example “the VPN does not connect”, and I look for the steps. When I don't know them, you can open a ticket.
ask_empty = There is nothing in that to look for. Tell me what does not work, in your own words.
ask_empty_message = There is no text in that message to look for. Ask with `/ask` and your own words.
ask_solved = Good to hear. If it comes back, ask again.
ask_others = These come next. If none of them fits, open a ticket, and a person helps.
ask_no_others = I have nothing else that fits. Open a ticket, and a person helps; what you wrote goes along.
ask_rest = The article goes on: the rest is in { $path }.
button_walk = One step at a time
button_walk_next = Done, next
button_walk_done = Done
button_walk_fixed = That fixed it
button_walk_no_help = Didn't help
button_walk_stuck = Stuck here
button_walk_again = Begin with the new steps
button_walk_resume = Go on: { $title }, step { $step } of { $steps }
walk_step = Step { $step } of { $steps }
walk_step_already = Step { $step } was done already. This is where you are.
walk_all_done = Those were all { $steps } steps. Is it fixed? If not, open a ticket: what you did goes along.
walk_changed = “{ $title }” was changed while you followed it, so its steps are no longer those that you saw. Read it as it is now, or begin with the new steps.
walk_tried = Followed “{ $title }” ({ $article }) step by step.
walk_tried_through = Done, and not fixed by it: { $done } of { $steps } steps.
walk_tried_all = Done, and not fixed by it: all { $steps } steps.
walk_tried_stopped = Went no further at step { $step } of { $steps }: { $text }
walk_tried_stuck = Stuck at step { $step } of { $steps }: { $text }
kb_show_staff = For those who keep it
kb_show_language = Taken for { $language }.
kb_show_walked = Step by step: { $began } walked it, and it was fixed for { $fixed }.
kb_show_lost = { $count } stopped at step { $step }.
kb_show_lost_all = { $count } did every step in vain.
ask_article_gone = That article is no longer there. Ask again, or open a ticket.
ask_public = Press the button, and you alone see the steps.
ask_public_maybe = I may know this. Press the button, and you alone see what I have.
ask_public_unknown = I don't know this one. Open a ticket, and a person helps; only you and the desk read it.


## Looking into the knowledge base

kb_search_found = These have your words
kb_search_nothing = No article has these words. Ask in a whole sentence with `/ask`, or open a ticket.
kb_explain_title = Why I answer as I do
kb_explain_sure = I show the first of these articles.
kb_explain_maybe = I ask which of the first three is meant.
kb_explain_unknown = I say that I don't know, and offer a ticket.
kb_explain_small_talk = I take this for small talk, and look for nothing.
kb_explain_empty = There is nothing in this to look for.
kb_explain_named = **{ $title }** · { $language }
kb_explain_article = { $named }
    { $sure } % sure · words { $words } · name { $name } · meaning { $meaning } · lead { $lead }
kb_explain_sense = sense { $sense } · ahead { $ahead }
kb_explain_sense_legend = Sense: how near the encoder, which reads whole sentences, takes it to be. Ahead: by how much that is more than the nearest other.
kb_explain_legend = Words: how well its text fits. Name: how close the question is to its title, or to a question it lists. Meaning: how alike they are in meaning. Each is at most 1. Lead: how far it is ahead of the best other article.
kb_explain_known = Words that articles have
kb_explain_read = Words I read as others
kb_explain_aliases = Names with other names
kb_explain_alias = “{ $name }”, also “{ $other }”
kb_explain_strange = Words that no article has


## Opening a ticket

draft_title = A new ticket
draft_intro = Three choices, then a short form.
draft_about = About: { $title }
draft_missing = One thing first: choose { $missing }.
draft_file = With the file { $name }
draft_cancelled = Nothing was opened. Ask or open a ticket whenever you like.
draft_kept = What you typed is kept: change what is needed, and Continue opens the form with it.
missing_category = what it is about
missing_impact = how many are affected
missing_urgency = whether you can work
placeholder_category = What is it about?
placeholder_impact = How many are affected?
placeholder_urgency = Can you work?

form_open = Open a ticket
label_title = What is it, in one line?
placeholder_title = The printer on the second floor prints blank pages
label_body = What happens?
placeholder_body = Since when, on which device, and what the message says, word for word
label_tried = What did you try? (optional)
placeholder_tried = Restarted, another cable, the steps of an article

opened = { $number } is open.
opened_thread = Everything about it happens in { $thread }.
notice_directly = { $number } · { $title }
notice_directly_how = The server has no room for another thread just now, so we talk about { $number } here. Write here: it reaches those who work on it, and their answers come here.
notice_said_directly = { $who } wrote by direct message about { $number }:
notice_said_directly_files = With files: { $count }. The transcript keeps them.
notice_said_directly_answer = There is no thread for this ticket. `/work reply` answers.
notice_full_direct = The server has as many active threads as Discord allows, and no waiting or resolved ticket whose thread could rest. The talk about { $number } goes by direct message for now.
notice_full_nothing = The server has as many active threads as Discord allows, and no waiting or resolved ticket whose thread could rest. { $number } has no thread, and its requester takes no direct messages: call them, or meet them.
notice_full_staff = The server has as many active threads as Discord allows, and no waiting or resolved ticket whose thread could rest. { $number } has no staff thread yet.
notice_full_mend = Archive threads that nobody needs, of the desk or of other channels. What waits is tried again every 20 minutes.
secret_typed = **Left out of what you wrote: { $kinds }.** The desk keeps nothing of it and passes it on to nobody. If it is in use, change it all the same: what was typed into a chat is no longer a secret.
secret_said = What you wrote to me has something in it that nobody else should have: **{ $kinds }**. The desk left it out of its own copy; Discord still shows it. Edit or delete your message, and if it is in use, change it now.
secret_written = What you wrote about { $number } has something in it that nobody else should have: **{ $kinds }**. The desk left it out of its own copy; Discord still shows it. Edit or delete your message, and if it is in use, change it now.
secret_written_there = [What you wrote]({ $address }) about { $number } has something in it that nobody else should have: **{ $kinds }**. The desk left it out of its own copy; Discord still shows it. Edit or delete your message, and if it is in use, change it now.
notice_unreachable = { $who }, I have your request, but I can neither open a thread for it nor write to you directly. Please allow direct messages from this server: then I write to you there.
thread_again_title = { $number } has a new thread
thread_again_text = The one before it was deleted. `/ticket history` says everything that happened.
thread_again_stands = Where it stands: { $state }, { $tier },
thread_again_with = with { $who }.
thread_again_nobody = with nobody yet.
thread_again_said = What was said last
thread_again_more = More was said before; `/ticket transcript` has all of it.
thread_again_unread = Messages that are lost, because I may not read what people write here: { $count }.
thread_again_cut = It goes on: `/ticket transcript` has all of it.
spoken_message = { $by }, { $at }
spoken_reply = { $by } answered { $at }
spoken_question = { $by } asked { $at }
spoken_note = A note of { $by }, { $at }
spoken_hand_over = { $by } handed it over from { $from } to { $to } { $at }
passed_on = Passed on to those who work on { $number }. Something new? `/ask` asks me.
nobody_waits = { $number } is resolved, so nobody waits for messages about it. Something new? `/ask` asks me.
talk_is_direct = There was no room for a thread: `/work reply` reaches { $who } by direct message, and what they write there comes to you.
ticket_by_direct = No thread: the talk goes by direct message.
opened_thread_soon = Your thread opens in a moment; you get a mention there.
opened_next = Next, { $tier } looks at it. You read in the thread who takes it.
opened_confidential = Only you and the people who work on it can read it.
opened_file = Your file { $name } goes along and shows up in the thread.
seen_articles = Read already: { $articles }
quoted_own = From my message { $link }
quoted_other = { $author } wrote in { $link }


## Showing and listing tickets

ticket_title = { $number } · { $title }
ticket_hidden = { $number } · confidential
ticket_threads = Thread: { $thread }
ticket_staff_thread = Staff thread: { $thread }
hand_over_waits = Hand-over { $from } → { $to } by { $by } waits for an answer since { $at }.
list_own = Your tickets
list_mine = Tickets that you work on
list_tier = Queue of { $tier }
list_active = All active tickets
list_empty_own = You have no tickets. Open one with `/ticket open`.
list_empty_mine = You work on no ticket. `/ticket list` with your queue shows what waits.
list_empty_tier = The queue of { $tier } is empty.
list_empty_active = There is no active ticket.
list_page = Page { $page } of { $pages } · { $total ->
        [one] { $total } ticket
       *[other] { $total } tickets
    }
list_line = { $state } · { $priority } · { $opened }
placeholder_show_one = Show one of them


## The queues at a glance

queue_title = The queues
queue_waiting =
    { $waiting ->
        [one] **{ $waiting } waits**, open since { $oldest }
       *[other] **{ $waiting } wait**, the oldest open since { $oldest }
    }
queue_nothing_waits = Nothing waits
queue_worked_on = { $working } in progress, { $others } waiting for an answer
queue_urgent = { $urgent } of all are P1 or P2
queue_on_duty = At work: { $people }
queue_person = { $who } ({ $load } of { $capacity })
queue_nobody = Nobody is at work here
button_list = List { $tier }
button_refresh = Look again


## What happened to a ticket, and its hand-overs

history_title = { $number }: what happened
history_page = Page { $page } of { $pages }
history_line = { $at } · { $what }
history_opened = opened as { $priority } by { $by }
history_claimed = { $by } takes it
history_offered = offered to { $who }
history_accepted = { $by } accepts it
history_escalated = { $by } hands it over { $from } → { $to }: { $text }
history_rejected = { $by } sends it back { $from } → { $to }: { $text }
history_deescalated = { $by } hands it down { $from } → { $to }: { $text }
history_reassessed = { $by } changes the priority from { $was } to { $priority }
history_recategorised = { $by } says that it is about { $category }
history_released = { $from } does not have it any more
history_unanswered = { $from } did not accept it in time
history_off_duty = { $from } is off duty, so it goes to somebody else
history_given_back = { $from } gives it back: { $text }
history_assigned = { $by } gives it to { $who }
history_case_opened = { $by } asks { $vendor } (case { $reference })
history_case_updated = { $vendor } answers { $by }: { $text }
history_case_closed = { $by } ends the case with { $vendor }: { $text }
history_case_overdue = no word from { $vendor } yet
history_waits_outside = it waits for an outside company
history_answered_outside = the outside company answered
history_reminded = a reminder of the question
history_no_answer = no answer for days: the leads decide
history_approval_asked = { $by } asks for leave: { $text }
history_approved = { $by } gives leave
history_declined = { $by } does not give leave: { $text }
history_added = { $by } adds: { $text }
history_merged = { $by } merges it into { $number }
history_absorbed = { $by } merges { $number } into it
history_unmerged = { $by } parts it from { $number } again
history_parted = { $number } is a ticket of its own again
history_split_off = { $by } makes one matter of it { $number }
history_followed_up = { $number } follows it
history_split_from = it was part of { $number }
history_follows = it follows { $number }, which is closed
history_related = { $by } says that { $number } is related
history_unrelated = { $by } says that { $number } is not related
history_priority_set = { $by } changes the priority from { $was } to { $priority }
history_priority_set_because = { $by } sets the priority from { $was } to { $priority }: { $text }
history_extended = { $by } makes the time for reopening longer
history_wrote = the requester writes again
history_clock_warned = { $percent } % of the time for { $clock } is used up
history_clock_breached = the time for { $clock } ran out at { $at }
history_breach_waived = { $by } does not count that the time for { $clock } ran out: { $text }
history_due_moved = the time for { $clock } now runs out at { $due }
history_due_gone = the time for { $clock } stands still now
history_person_added = { $by } adds { $who }
history_person_removed = { $by } takes { $who } out
history_noted = { $by } notes: { $text }
history_replied = { $by } answers
history_asked = { $by } asks: { $text }
history_resumed = { $by } takes it up again
history_answered = the answer comes
history_escalation_asked = { $by } asks for more help: { $text }
history_cancelled = { $by } ends it without a solution
history_resolved_itself = it ends by itself: { $text }
history_resolved = { $by } resolves it: { $text }
history_reopened = { $by } opens it again: { $text }
history_closed = closed
history_confirmed = { $by } agrees that it is solved; closed
history_problem_linked = { $by } links it to { $problem }
history_problem_unlinked = { $by } takes it from { $problem }
history_major_joined = it is part of { $major }
history_major_left = it is no part of { $major }
history_major_over = { $major } is over
history_moved = it goes { $from } → { $to }
history_moved_back = it comes back { $from } → { $to }
history_empty = Nothing happened yet.
chain_title = { $number }: its hand-overs
chain_none = { $number } has not been handed over: it is with { $tier }, where it was opened { $at }.
chain_stay = { $tier } for { $duration }
chain_waited_requester = of it waiting for the requester: { $duration }
chain_waited_vendor = of it waiting for vendors: { $duration }
chain_hop = { $at }, by { $by }
chain_now = { $tier } since { $at }, { $with }
chain_answer_accepted = accepted by { $by } after { $after }
chain_answer_rejected = sent back by { $by } after { $after }: { $text }
chain_answer_waits = not answered yet


## Working on tickets

claimed = { $number } is yours now. { $thread }
accepted = You accepted { $number }. { $thread }
go_to_thread = Its thread: { $thread }
thread_comes = You are added to its thread in a moment.
form_reject = Send { $number } back
label_reason = Why?
placeholder_reject = What is missing, or why it belongs elsewhere
rejected_to_queue = { $number } is back with { $tier } and waits in the queue. They read your reason in the staff thread.
rejected_to_person = { $number } is back with { $tier } and offered to { $who }. They read your reason in the staff thread.
rejected_to_lead = { $number } is back with { $tier }. It has gone back and forth, so a lead decides where it goes.
form_escalate = Hand { $number } over
label_summary = Summary (at least 30 characters)
placeholder_summary = For somebody who has never seen it: who, what, since when
label_what_tried = What was tried
placeholder_what_tried = So that nobody does it again
label_findings = Findings
placeholder_findings = What you suspect, what speaks for it, links, log lines
label_asked = What do you ask of the next tier?
placeholder_asked = Look at the gateway's log; replace the disk
label_told = What does the requester know?
placeholder_told = That a specialist takes over and when they hear more
tried_by_requester = By the requester
tried_at_tier = At { $tier }, by { $by }
escalated_offered = { $number } is handed over to { $tier } and offered to { $who }.
escalated_open = { $number } is handed over to { $tier }. Nobody alone is asked there; whoever is free takes it.
escalated_next = Your hand-over is in the staff thread, and the requester knows that nothing has to be told twice.
not_done_kept = What you typed is not lost; copy it from here and try again.

form_note = Note on { $number }
label_note = For the staff; the requester never reads it
form_reply = Answer on { $number }
label_reply = What do you tell the requester?
form_ask_user = Ask about { $number }
label_question = Your question; the clock waits for the answer
form_release = Give { $number } back
placeholder_release = Why, and what the next person should know
form_reopen = Open { $number } again
label_still_broken = What is still broken?
placeholder_still_broken = What you see now, and since when
form_ask_escalation = More help with { $number }
label_more_help = Why is it urgent, or what is stuck?
form_cancel = Withdraw { $number }
label_cancel = Why? (optional)
label_cancel_lead = Why? The requester reads your reason.
form_deescalate = Hand { $number } down
label_remaining = What is left to do? (at least 20 characters)
placeholder_remaining = For the lower tier: the steps that are left
label_deescalate_reason = Why can a lower tier do it?
form_assign = Give { $number } to somebody
label_assign_reason = Why do you take it from somebody?
reassess_intro = { $number }: what is it about, and how much does it matter? The priority follows.
reassessed = { $number } is { $priority } now.
reassessed_same = { $number } stays { $priority }.
recategorised = { $number } is about { $category } now, and { $priority }.
noted = Your note stands in the staff thread of { $number }.
replied = The requester of { $number } reads your answer in the thread.
asked_user = The requester of { $number } is asked, and the clock waits for the answer.
resumed = { $number } is in progress again.
released_to_queue = { $number } is back in the queue of { $tier }.
released_to_person = { $number } is offered to { $who } now.
assigned_to = { $number } is offered to { $who }.
assign_choose = Who takes { $number }? The least busy come first.
assign_nobody = Nobody else is known to hold { $tier }. Who is new to the role shows up with their first command.
assign_next = Whoever's turn it is
assign_next_about = The desk picks by duty and load
assign_load = { $load } of { $capacity } units of work
assign_off_duty = off duty
placeholder_assign = Who takes it?
deescalated_to_queue = { $number } is handed down to { $tier } and waits in their queue.
deescalated_to_person = { $number } is handed down to { $tier } and offered to { $who }.
confirmed = Thank you. { $number } is closed.
reopened_back = { $number } is open again, with { $who }.
reopened_queue = { $number } is open again. The next free person takes it.
cancelled = { $number } is withdrawn.
ended = { $number } is ended. The requester reads your reason in the thread.
escalation_asked = Whoever works on { $number }, and the leads, have been told.
resolve_title = Resolve { $number }
resolve_intro = How did it end, and which article answers it?
resolve_missing = One thing first: choose { $missing }.
resolve_cancelled = Nothing was changed: { $number } stays as it is.
missing_code = how it ended
missing_article = an article, or that none fits
placeholder_code = How did it end?
placeholder_article = Which article answers it?
choice_no_article = None fits
choice_no_article_about = You say why, so that one can be written
choice_draft = Draft a new one
choice_draft_about = It begins with what you did; you can go on writing later
form_resolve = Resolve { $number }
label_done = What was done? The requester reads this.
placeholder_done = At least 20 characters, in words that the requester understands
label_why_none = Why does no article fit?
placeholder_why_none = There is none about this yet
label_lead_reason = Why do you resolve it for somebody else?
placeholder_lead_reason = The assignee is away
resolved = { $number } is resolved. The requester reads what you wrote in the thread.


## Transcripts

record_title = { $number } · { $title }
record_for_requester = This is the requester's version: what the staff say among themselves is not in it.
record_for_staff = This is the staff's version. It holds notes that the requester must not read, so do not pass it on.
record_written = Written on { $at } for { $by }. All times are UTC.
record_unread =
    { $count ->
        [one] One message stands here without its text: the desk may not read what people write (Discord's Message Content Intent is off).
       *[other] { $count } messages stand here without their text: the desk may not read what people write (Discord's Message Content Intent is off).
    }
record_cut =
    { $count ->
        [one] The last entry is left out: the file would be too large for Discord.
       *[other] The last { $count } entries are left out: the file would be too large for Discord.
    }
record_left_out =
    { $count ->
        [one] One picture is named and not shown: the file would be too large for Discord.
       *[other] { $count } pictures are named and not shown: the file would be too large for Discord.
    }
record_people = Who is who
record_person = { $name }, { $id } on Discord
record_request = The request
record_course = What happened
record_opened = { $by } opened this as { $priority }
record_claimed = { $by } took this
record_offered = Offered to { $who }
record_accepted = { $by } accepted this
record_moved = From { $from } to { $to }
record_moved_back = Back from { $from } to { $to }
record_escalated = { $by } handed this over, { $from } → { $to }
record_rejected = { $by } sent this back, { $from } → { $to }
record_deescalated = { $by } handed this down, { $from } → { $to }
record_reassessed = { $by } looked again: { $was } → { $priority }
record_recategorised = { $by } put this under { $category }
record_released = { $from } could not go on with this
record_unanswered = { $from } did not accept this in time
record_off_duty = { $from } was off duty, so this went to somebody else
record_given_back = { $from } gave this back
record_assigned = { $by } gave this to { $who }
record_resolved_itself = Ended by itself, as nobody answered
record_person_added = { $by } added { $who }
record_person_removed = { $by } took { $who } out
record_added = { $by } added
record_merged = { $by } merged it into { $number }
record_absorbed = { $by } merged { $number } into it
record_unmerged = { $by } parted it from { $number } again
record_split_off = { $by } made one matter of it { $number }
record_related = { $by } said that { $number } is related
record_unrelated = { $by } said that { $number } is not related
record_priority_set = { $by } set the priority from { $was } to { $priority }
record_extended = { $by } made the time for reopening longer
record_clock_breached = The time for { $clock } ran out at { $at }
record_breach_waived = { $by } did not count that the time for { $clock } ran out
record_case_opened = { $by } asked { $vendor } (case { $reference })
record_case_updated = { $vendor } answered (case { $reference })
record_case_closed = { $by } ended the case { $reference } with { $vendor }
record_approval_asked = { $by } asked for leave to make a change
record_approved = { $by } gave leave for the change
record_declined = { $by } did not give leave for the change
record_problem_linked = { $by } said that { $problem } is behind it
record_problem_unlinked = { $by } said that { $problem } is not behind it
record_noted = Note by { $by }
record_replied = { $by } answered
record_asked = { $by } asked
record_resumed = { $by } went on with this
record_answered = { $by } answered, and work went on
record_escalation_asked = { $by } asked for more help
record_cancelled = { $by } ended this without a solution
record_resolved = { $by } resolved this · { $code }
record_article = Article
record_no_article = Why no article fits
record_remaining = What is left to do
record_reopened = { $by } opened this again
record_rated = { $by } gave it { $score } of 5
record_confirmed = { $by } agreed that it is solved; it is closed
record_closed = Closed: the time for opening it again has passed
record_deleted = { $by } wrote something here and deleted it; its words are not kept.
record_now = edited
record_before = before, since { $at }
record_not_readable = The desk may not read this.
record_staff = staff only
record_gave = { $by } gave a file with the request
record_picture = Picture: { $name }
record_fingerprint = SHA-256 { $sha256 }
size_bytes =
    { $count ->
        [one] { $count } byte
       *[other] { $count } bytes
    }
size_kilobytes = { $count } KB
size_megabytes = { $count } MB
file_waiting = still being fetched
file_kept = kept
file_too_large = too large to be kept
file_failed = could not be fetched
file_refused = does not lie at Discord, so it was not fetched
file_off = not kept: this desk keeps no files
file_removed = taken back by whoever gave it
transcript_ready = Here is { $number } from its beginning. Only you see this.
transcript_ready_staff = It is the staff's version, so keep it from the requester.
transcript_file = { $number }-transcript
transcript_file_staff = { $number }-transcript-staff
button_transcript = Transcript
button_as_markdown = As Markdown
button_as_html = As a page
form_markdown = Markdown: plain text, for other programs
form_html = Page: opens in a browser, with pictures


## Duty

duty_on = You are on duty. New tickets can be offered to you.
duty_on_already = You are on duty already.
duty_off = You are off duty. Nothing new is offered to you.
duty_off_already = You are off duty already.
duty_hand_over =
    { $count ->
        [one] One urgent ticket is still with you. Hand it over before you go:
       *[other] { $count } urgent tickets are still with you. Hand them over before you go:
    }
duty_others_stay =
    { $count ->
        [one] One other ticket stays with you.
       *[other] { $count } other tickets stay with you.
    }
button_hand_all_over = Hand over to the next
duty_nothing_to_hand_over = Nothing urgent is with you.
duty_away_choose = For how long are you away? Nothing is offered to you meanwhile. Choose here, or type it: `/duty away until:2026-08-01`.
placeholder_away = How long?
away_hour = An hour
away_half_day = Four hours
away_day = A day
away_days = Three days
away_week = A week
away_weeks = Two weeks
away_month = Four weeks
duty_away = You are away until { $until }. Nothing new is offered to you.
duty_away_deputy = { $deputy } stands in: what would come back to you goes to them.
duty_notice_back = { $who } is back and on duty. { $held ->
        [0] No ticket waits for them.
        [one] One ticket is with them.
       *[other] { $held } tickets are with them.
    }
duty_notice_back_off_duty = { $who }, the time you were away is over. You are not on duty; `/duty on` says that you are. { $held ->
        [0] No ticket waits for you.
        [one] One ticket is with you.
       *[other] { $held } tickets are with you.
    }
duty_back = Welcome back. You are not away any more.
placeholder_deputy = Who stands in for you?
button_back = I am back
button_away = I am away
button_on = Go on duty
button_off = Go off duty
button_shifts = Shifts
duty_show_title = Who is at work
duty_tier = { $tier } · { $turns } · up to { $capacity ->
    [one] one unit
   *[other] { $capacity } units
} each
turns_round_robin = everybody in turn
turns_least_loaded = the least busy first
turns_manual = nobody is asked, whoever can takes one
duty_person_skills = { $person } · { $skills }
duty_person_away = { $who } is away until { $until }
duty_person_stands_in = { $away }; { $deputy } stands in
duty_people_off = Off duty: { $people }
duty_nobody = Nobody is at work.
duty_nobody_holds = Nobody is known to hold this role.
duty_load_note = Load in units: P1 8, P2 4, P3 2, P4 1; a quarter while it waits for somebody else.
shifts_title = Shifts
shifts_none = No shifts are planned. People say themselves when they are on duty.
shifts_week = The next seven days
shift_line = { $from } – { $until } · { $name } · { $who }
shift_rota = **{ $name }** · { $hours }
shift_people = { $people }, week by week
shift_one = { $people }, every week
shift_nobody = Nobody takes it yet.
button_new_shift = New shift
placeholder_change_shift = Change one of them
form_shift = A shift of every week
form_shift_hours = When it is
label_shift_name = What is it called?
placeholder_shift_name = Early
label_shift_hours = Days and times
placeholder_shift_hours = Mon-Fri 09:00-17:00, or Sat 10:00-14:00 Europe/Berlin
shift_changed = { $name } begins and ends by itself from now on.
shift_who = Who takes { $name }? Several people take it in turn, week by week, in the order of this list; the first has this week.
placeholder_shift_people = Who takes it
button_shift_hours = Change the times
button_shift_end = End it
shift_over = { $name } is not planned any more.
button_swap = Swap a shift
swap_choose = Which of your shifts should somebody else take?
swap_none = You have no shift in the next four weeks.
placeholder_swap_shift = Which shift
swap_who = Who should take { $name } of { $from }? They are asked, and it is theirs once they agree.
swap_asked = { $who } is asked to take { $name } of { $from }. You keep it until they agree.
placeholder_swap_who = Who takes it?
swap_agreed = You take { $name } of { $from } for { $asker }.
swap_declined = You do not take { $name } of { $from }. { $asker } keeps it.
button_swap_yes = I take it
button_swap_no = No
duty_notice_began = { $who }: your shift begins ({ $name }). You are on duty until { $until }.
duty_notice_ended = { $who }: your shift is over ({ $name }). Nothing new is offered to you.
duty_notice_swap_asked = { $other }: { $asker } asks you to take their shift { $name }, { $from } – { $until }.
duty_notice_swap_agreed = { $asker }: { $other } takes your shift { $name } of { $from }.
duty_notice_swap_declined = { $asker }: { $other } does not take your shift { $name } of { $from }. It stays yours.
config_title = How tickets find somebody
config_intro = Choose below how the next person is picked at each tier, and whom to put down for which categories. How much each can have is typed: `/admin config tier:L1 capacity:12`.
config_changed = { $tier }: { $turns }, up to { $capacity ->
    [one] one unit
   *[other] { $capacity } units
} each.
config_skills_of = What is { $who } put down for? A ticket of that category goes to those who are put down for it and on duty.
config_skills_none = { $who } is put down for nothing in particular.
config_skills = { $who } is put down for: { $skills }.
placeholder_turns = { $tier }: { $turns }
placeholder_skills_who = Whom to put down for categories
placeholder_skills = Which categories
choice_turns_round_robin = { $tier }: everybody in turn
choice_turns_least_loaded = { $tier }: the least busy first
choice_turns_manual = { $tier }: nobody is asked
assign_away = away


## Help

help_title = What you can do here
help_intro = Ask first; when nothing fits, open a ticket. Only you see this.
help_direct = Write me what does not work, and I look for the steps.
help_everybody = For everybody
help_staff = For the desk
help_admins = For desk admins
help_on_message = On a message: its menu → Apps


## Cards

card_confidential = { $number } · confidential
card_moved = { $number } is with { $tier } now, see { $queue }.
card_moved_somewhere = { $number } is with { $tier } now.
card_ended = { $number } is { $state }.
card_ended_in = { $number } is { $state }, see { $thread }.


## Set-up and its check

setup_title = Setting the desk up
setup_intro = This is the plan. It is being carried out now; a report follows in the leads' channel.
setup_nothing_yet = Nothing was changed. Mend this first, then run the set-up again:
setup_not_known_yet = I have just come here and do not know this server yet. Run the set-up again in a few seconds.
setup_roles = Roles
setup_channels = Channels
setup_keep = { $thing } stays
setup_adopt = { $thing } is taken over, because of its name
setup_map = { $name }: { $thing }, as you chose
setup_create = { $name } is made
setup_missing_title = I miss permissions
setup_missing_channel = In { $channel }: { $missing }
setup_cannot_create = To make roles and channels I need { $missing } on the server. Give my role these permissions in Server Settings → Roles, or name the roles and channels that you have as options of this command.
setup_not_a_role = The option { $option } names a role that nobody can be given. Choose another role.
setup_not_a_channel = The option { $option } needs a text channel of this server: private threads exist only there.
setup_next = Next: give your technicians the roles, and look at the result with /setup check.
check_title = How the desk is set up
check_all_well = Everything is in place.
check_faults =
    { $count ->
        [one] One thing needs you:
       *[other] { $count } things need you:
    }
check_not_set_up = The desk is not set up on this server. Run /setup run.
check_role_gone = The role { $role } is gone. Run /setup run to make it again, or name another one as an option.
check_channel_gone = The channel #{ $channel } is gone. Run /setup run to make it again, or name another one as an option.
check_channel_open = Everybody can read { $channel }. Take View Channel from @everyone there, or run /setup run.
check_channel_closed = Not everybody can see { $channel }, so those who cannot do not see their tickets either. Allow View Channel to @everyone there; its history becomes readable by that.
check_no_holders = Nobody holds { $tier }. Hand-overs skip this tier until somebody has its role.
check_members_off = The Server Members Intent is off: I know only technicians whom I have met, and notice late when somebody leaves. Switch it on in the developer portal under Bot.
check_content_off = The Message Content Intent is off: what people write in tickets' threads cannot be read by me. Everything else works.
check_overdue =
    { $count ->
        [one] One step that should have happened by itself did not
       *[other] { $count } steps that should have happened by themselves did not
    }, since { $since }: the desk's log says why (`overdue_steps`).
check_kb_empty = The knowledge base is empty: every question ends in a ticket.
check_kb_left_out =
    { $count ->
        [one] One article is left out because it is broken. The log says which, and so does deskhand kb check.
       *[other] { $count } articles are left out because they are broken. The log says which, and so does deskhand kb check.
    }
check_stuck = { $what } does not get through (tried { $attempts } times): { $said }
check_stuck_more =
    { $count ->
        [one] and one more like this
       *[other] and { $count } more like this
    }
check_given_up = { $what } will not get through: { $said }
check_here = Roles and channels
check_kb_kept =
    { $count ->
        [one] { $count } article is shown as it was before: its file is broken now. The log says which, and so does deskhand kb check.
       *[other] { $count } articles are shown as they were before: their files are broken now. The log says which, and so does deskhand kb check.
    }
check_kb_gone = The folder of articles is missing or empty. What was read from it before is still shown, until the next start.
check_aliases_kept = The list of other names, aliases.md, is broken, so it holds as it was before. The log says where, and so does deskhand kb check.
check_aliases_broken = The list of other names, aliases.md, is broken in places, and those are left out. The log says where, and so does deskhand kb check.
check_knowledge = { $count } articles are served.
check_field_wrong = What is wrong
check_field_off = What is switched off


## Who takes part without owning it

notice_person_added = { $who }, you were added to this ticket.
notice_person_added_by = Added by { $by }. You can read what was said before, and write here.
notice_person_removed = { $who } no longer takes part in this ticket ({ $by }).
notice_watched = { $number }, which you watch, is now { $standing }.
notice_watched_by = { $number }, which you watch, is now { $standing }. Last step by { $by }.
notice_reminder = { $who }, you wanted to be reminded of { $number }.
people_title = Who takes part in { $number }
people_line = { $requester } asked for help. Beside them: { $others }
people_nobody_else = nobody else so far
people_added = { $who } takes part in { $number } now and is called in its thread.
people_removed = { $who } no longer takes part in { $number }.
placeholder_add_person = Add somebody
placeholder_remove_person = Take somebody out
choice_person = Person { $name }
watching = You watch { $number } and hear of its steps by direct message. The same command ends it.
watching_no_more = You no longer watch { $number }.
form_remind = Remind me of { $number }
label_remind_in = After how long
placeholder_remind_in = 30m, 2h, 3d, 1w
label_remind_text = Of what
placeholder_remind_text = Whether the new cable arrived
reminder_set = I will remind you of { $number } { $at }.
button_people = People
button_watch = Watch
button_unwatch = Stop watching
button_remind = Remind me
placeholder_more = More: answer, ask, note, give back…


## Tickets that belong together, and what a lead decides against the rule

notice_opened_for = { $requester }, { $by } opened this ticket for you.
notice_added_by = { $by } adds
notice_added_line = { $who }, there is more to this.
notice_merged_into = { $by } merged this into { $number }. It goes on there; what is written here in the next 24 hours is copied.
notice_absorbed = { $by } merged { $number } of { $requester } into this ticket.
notice_unmerged = { $by } parted this from { $number } again. It goes on here.
notice_parted = { $number } is a ticket of its own again and goes on there.
notice_split_off = { $by } made one matter of this a ticket of its own: { $number }.
notice_split_from = This was part of { $number }. What was said there need not be told again.
notice_follows = This follows { $number }, which is closed. What was said there need not be told again.
notice_copied = { $by } wrote in { $number }, which was merged into this
notice_copied_unread = { $by } wrote in the thread of { $number }, which was merged into this. Read it there.
notice_extended = { $by } gives you more time: until { $until } you can open this again.
notice_priority_set = { $by } sets the priority of { $number } to { $priority }.
notice_priority_matrix = { $by } lets impact and urgency decide again: { $number } is { $priority }.
tie_related = Related: { $numbers }
tie_split_from = Split off from { $numbers }
tie_split_into = Split into { $numbers }
tie_follows = Follows { $numbers }
tie_followed_by = Followed by { $numbers }
tie_merged_into = Merged into { $numbers }
tie_absorbed = Merged into this: { $numbers }
merged = { $number } is merged into { $into }.
merge_reads = Who reads the thread of { $into } from now on: { $who }.
merge_reads_nobody_new = Nobody new reads the thread of { $into }.
form_merge = Merge { $number }
label_merge_reason = Why, although they are two people's
merge_sure = { $number } is { $requester }'s and { $into } is { $other }'s. Merged, { $requester } reads everything in the thread of { $into }, what was said before included. A problem or a related ticket keeps them apart.
button_merge_anyway = Merge all the same
unmerged = { $number } is a ticket of its own again.
form_unmerge = Part { $number } again
label_unmerge_reason = Why they are two matters
split = { $number } is split off from { $from }, for the same requester.
form_split = Split a matter off { $number }
related = { $number } and { $other } are related. The same command ends it.
unrelated = { $number } and { $other } are no longer related.
followed_up = { $number } follows { $old }, which is closed. Everything said there goes along.
form_follow_up = Follow up on { $number }
similar_found = You have a ticket that looks like this one. Add to it, so that nobody does the same work twice, or open another.
    { $titles }
similar_line = **{ $number }** · { $title }
button_add_to = Add to { $number }
button_open_anyway = Open anyway
added_to = Your text stands in { $number }, and whoever works on it is told.
priority_set = { $number } is { $priority } now, whatever impact and urgency say.
priority_matrix = Impact and urgency decide again: { $number } is { $priority }.
extended = { $number } can be opened again until { $until }.
moved = { $count ->
    [one] One ticket is offered
   *[other] { $count } tickets are offered
} to { $who }.
moved_queue = { $count ->
    [one] One ticket of { $who } is
   *[other] { $count } tickets of { $who } are
} back in the queue.
moved_not = { $number } stays where it is: { $why }
moved_queue_at = { $count ->
    [one] One ticket at { $tier } is
   *[other] { $count } tickets at { $tier } are
} back in the queue.
moved_nothing = { $who } has no tickets.
moved_nothing_at = Nobody has a ticket at { $tier }.
for_whom = Whose ticket is it? { $author } wrote the message.
button_for_author = For { $author }
button_for_me = For me
button_split_off = Split off { $number }
opened_for = { $number } is open for { $who }, who is called in its thread.
draft_for = For { $who }
button_follow_up = Not solved after all
button_unmerge = Part again
search_title = What was found
search_text = Search: { $text }
search_nothing = Nothing that you can see fits. Try fewer words, or leave a filter out.
button_merge = Merge
button_split = Split
button_relate = Relate
button_priority = Set the priority
button_extend = More time
label_into = Into which ticket
label_other = Which other ticket
placeholder_number = T-0042
form_relate = Relate { $number }
form_priority = The priority of { $number }
form_extend = More time for { $number }
choice_matrix = As impact and urgency say
priority_choose = { $number } is { $priority } now. Choose what it is to be, whatever impact and urgency say.
placeholder_priority = Priority
age_within = { $days ->
    [one] Within a day
   *[other] Within { $days } days
}
age_older = More than { $days } days ago


## Leave for a change, and lessons

notice_lesson_title = A lesson from { $number } · { $title }
notice_lesson_by = { $by } solved what was handed up, and leaves this for the tiers below.
field_lesson = What you can do next time
notice_approval_asked = { $by } asks for leave to make a change for { $number }
notice_approval_line = { $who }, { $number } waits for your word: approve the change or decline it.
notice_approval_yes = { $by } gives leave for the change.
notice_approval_no = { $by } does not give leave for the change.
notice_approval_told = { $who }, here is the answer.
button_ask_approval = Ask for leave
button_approve = Approve
button_decline = Decline
form_ask_approval = Leave for a change in { $number }
label_change = What is to be changed, and why
placeholder_change = Add Mia to the payroll group, as her manager asked
approval_asked = L3 is asked. The answer comes in the staff thread of { $number }.
approval_given = You gave leave for the change in { $number }.
approval_declined = You declined the change in { $number }; your reason stands in its staff thread.
form_decline = Decline the change in { $number }
label_decline = Why not, and what instead
label_lesson = A lesson for the tiers below
placeholder_lesson = What they can look at, or do, before they hand this up


## Articles that are being written

notice_article_begun = { $by } began an article with what was done. It is a draft: nobody else reads it before it is published.
notice_article_drafted = A new article is begun out of this.
button_read_draft = Read the draft
button_write_draft = Write
button_drop_draft = Drop it
button_drafts = All drafts
article_draft_title = Draft out of { $number } · { $title }
article_draft_about = { $category } · written by { $writers } · last changed { $at }
article_draft_file = This is how the file looks. *Write* changes it.
article_drafts_title = Articles that are being written: { $total }
article_drafts_none = No article is being written. One begins when a ticket is resolved: choose *Draft a new one*.
article_drafts_line = { $name } · { $title } · { $writers }, { $at }
placeholder_draft = Read one of them
form_write_draft = Draft { $name }
label_draft_title = Title: the words people search for
label_draft_summary = Summary: what it helps with
label_draft_body = Text, in Markdown
draft_written = The draft is saved.
draft_dropped = The draft { $name } is dropped. One out of a ticket begins anew when that is resolved again with *Draft a new one*.
article_draft_named = Draft { $name } · { $title }
article_draft_change = Change { $name } of { $title }
article_draft_review = It waits for somebody who has not written at it: { $by } asked.
article_draft_faults = **The knowledge base would not take it yet:**
article_draft_outdated = **The article's file was changed meanwhile.** What stands below with a minus would be undone: press *Write*, put in what is new, and save.
article_draft_diff = What it changes, line by line
article_draft_diff_since = What is new since it was sent back
article_draft_diff_more = There is more. The file has all of it.
article_draft_same = It changes nothing yet.
article_drafts_review = **waits to be read**
button_ask_review = Ask for a review
button_approve_article = Approve and publish
button_send_back = Send back
button_restore = Bring it back
button_change_article = Change it
form_send_back = Send the draft back
label_send_back = What is missing or wrong?
draft_review_asked = A second person is asked to read it. Nobody is answered with it before they approve.
draft_sent_back = It went back, and { $who } reads why.
article_published = Published: *{ $title }* stands in `{ $path }`, and answers from now on. Where the articles are kept in Git, the file waits to be committed.
article_not_written_yet = It is decided, but `{ $path }` could not be written: { $why }. I try again by myself, and the leads are told. Nothing is lost.
article_retired = Retired: nobody is answered with *{ $title }* any more. `{ $path }` stays, and says why.
article_restored = *{ $title }* is back, and answers again.
notice_review_asked = { $by } wrote an article and asks that a second person reads it: *{ $title }*
notice_review_asked_change = { $by } changed an article and asks that a second person reads it: *{ $title }*
notice_draft_sent_back = { $by } read your draft *{ $title }* and sent it back:
notice_article_published = A new version is in the knowledge base: *{ $title }*. { $by } approved it.
notice_article_published_of = In the knowledge base now: *{ $title }*. Written by { $writers }, approved by { $by }.
notice_article_source = It comes from { $name }.
notice_article_file = File: `{ $path }`
notice_article_retired = *{ $title }* is retired by { $by }: nobody is answered with it any more.
notice_article_restored = *{ $title }* is back in the answers, says { $by }.
notice_article_failed = *{ $title }* is decided on, but `{ $path }` could not be written: { $why }. I try again every minute. See that the folder of articles can be written to.
notice_article_given_up = *{ $title }* was approved, but somebody changed `{ $path }` at the same moment. Nothing was overwritten: the draft is open again, and shows the difference.
stage_draft = still being written
stage_review = waiting for a second person
stage_approved = approved
stage_published = published
stage_dropped = dropped


## Vendors, and requesters who are silent

notice_with_vendor = An outside company is asked for help with this. You read here when they have answered.
notice_vendor_answered = The outside company answered, and the work goes on.
notice_case_opened = { $by } asks { $vendor }: case { $reference }
notice_case_next = They are to be heard of { $at }.
notice_case_updated = { $vendor } answered { $by } in case { $reference }
notice_case_closed = { $by } ends case { $reference } with { $vendor }
notice_case_our_turn = It is our turn again.
notice_case_overdue = { $missed ->
    [one] { $vendor } was to be heard of in case { $reference }. Ask them, and put down what they say.
   *[other] { $vendor } was to be heard of in case { $reference }, and that { $missed } times. Ask them again, or go another way.
}
notice_case_overdue_line = { $who }, a vendor owes us an answer for { $number }.
notice_case_overdue_leads = { $number } waits for { $vendor } (case { $reference }), who let { $missed ->
    [one] a date
   *[other] { $missed } dates
} pass. Somebody has to press them.
notice_reminded = { $who }, the question above still waits for your answer. Write it here; without it nothing can go on.
notice_reminded_last = { $who }, the question above still waits for your answer. Without one, this ends by itself tomorrow; you can open it again then.
notice_no_answer = The requester of { $number } does not answer, and it is urgent. Find another way to reach them, or end it.
case_line = { $vendor }, case { $reference }: to be heard of { $at }
case_line_late = { $vendor }, case { $reference }: was to be heard of { $at }, { $missed ->
    [one] a date
   *[other] { $missed } dates
} missed
button_vendor = Ask a vendor
button_vendor_update = Vendor answered
button_vendor_close = End the vendor's case
form_case = Ask a vendor about { $number }
form_case_update = What the vendor said about { $number }
form_case_close = End the vendor's case of { $number }
label_reference = Their case reference
label_case_asked = What is asked of them
placeholder_case_asked = No names and nothing of the requester's: what is broken, since when
label_case_said = What did they say?
label_case_again = Heard of again in (empty: our turn)
placeholder_case_again = 4h, 2d
label_case_in = Heard of in (empty: as agreed)
placeholder_case_in = 4h, 2d
label_case_end = How did it end?
case_opened = { $vendor } is asked about { $number }, and the ticket waits. They are to be heard of { $at }; you are reminded then.
case_updated = It is put down, and { $number } goes on waiting.
case_our_turn = It is put down, and { $number } is ours again.
case_closed = The vendor's case of { $number } is closed.
case_which_vendor = Which vendor is asked about { $number }?
placeholder_vendor = Vendor
case_which = Which case of { $number } is meant?
placeholder_case = Case
vendors_none = The desk has no vendors yet. Add one; then `/vendor open` can ask it.
vendors_title = Vendors
vendors_line = **{ $name }** · { $contact }
    { $hours } · answers within { $response }
vendors_retired = retired
vendor_kept = { $name } is kept as a vendor of the desk.
vendor_retired = { $name } is retired: no new cases are opened with it.
vendor_retire = Retire it: no new cases
vendor_use_again = Use it again
button_add_vendor = Add a vendor
placeholder_change_vendor = Change one
form_vendor = A vendor
label_vendor_name = Name
label_vendor_contact = How to reach them
placeholder_vendor_contact = Support line +49 30 1234, portal, contact person
label_vendor_hours = Hours and time zone
placeholder_vendor_hours = Mon-Fri 09:00-17:00 Europe/Berlin
label_vendor_contract = Contract (may be empty)
label_vendor_response = They answer within, in their hours
placeholder_vendor_response = 4h, 2d
cases_title = With vendors
cases_none = No ticket that you can see waits for a vendor.
cases_line = **{ $number }** · { $vendor }, case { $reference } · to be heard of { $at }
cases_more = … and { $count } more.


## Problems

problem_open = open
problem_investigating = being looked into
problem_known_error = known error
problem_resolved = resolved
problem_closed = closed

refusal_problem_unknown = There is no such problem here. `/problem list` shows those that there are.
refusal_problem_which = It is not clear which problem you mean. Name it in the option `problem`, for example PRB-0001.
refusal_problem_no_way = { $problem } is *{ $from }*, and from there it cannot become *{ $to }*. Nothing was done. `/problem list` shows where it can go.
refusal_problem_no_workaround = { $problem } has no workaround yet, and a known error is one that people can get around. Name an article, or write what helps, and try again.
refusal_problem_linked_already = { $ticket } is linked to { $problem } already. Nothing was done.
refusal_problem_not_linked = { $ticket } is not linked to { $problem }. Nothing was done.
refusal_problem_closed = { $problem } is closed and stays as it is. If the trouble is back, open a new problem with `/problem create`.
refusal_problem_not_current = This is not a known error any more. If you still have it, open a ticket, and a person helps.
refusal_problem_confidential = A problem can be read by everybody who asks, so it cannot be about a confidential subject. Choose another category.
refusal_problem_nothing = That would change nothing. Say what is new: a state, a workaround, a note, or another owner.
refusal_problem_no_owner = { $who } is not known to hold L2, L3, or Lead, and only those look after problems. Name somebody else.

problem_title = { $problem } · { $title }
problem_owner = { $who } looks after it
problem_counts = { $tickets ->
        [one] { $tickets } ticket
       *[other] { $tickets } tickets
    }, { $people ->
        [0] nobody said “me too”
        [one] { $people } person said “me too”
       *[other] { $people } people said “me too”
    }
problem_line = { $state } · { $counts } · { $changed }
problem_incident = { $ticket } · { $title } · { $state }
problem_incident_hidden = { $ticket } · confidential
problem_no_incidents = No ticket is linked to it yet.
problem_more_incidents = and { $count } more
problem_list_running = Problems
problem_list_all = All problems, with those that are over
problem_list_empty = There is no problem. When several tickets have one cause, open one with `/problem create`.
problem_list_page = Page { $page } of { $pages } · { $total ->
        [one] { $total } problem
       *[other] { $total } problems
    }
problem_choice_running = Those that are not over
problem_choice_all = All of them
field_problem = Problem
field_known = What is known
field_workaround = What helps meanwhile
field_incidents = Its tickets
field_happened = What happened
placeholder_show_problem = Show one of them
placeholder_link_problem = Which problem is behind it?
placeholder_unlink_problem = Take a link away
placeholder_workaround = An article that helps meanwhile
button_link_problem = Link to a problem
button_new_problem = Open a new problem
button_problems = All problems
button_problem_note = Write a note
button_problem_workaround = Write what helps
button_still_there = Still there
form_problem = Open a problem
form_problem_note = Note on { $problem }
form_problem_workaround = What helps with { $problem }
label_problem_title = What is wrong? Everybody can read this.
placeholder_problem_title = The VPN gateway drops connections
label_problem_known = What is known so far? For the staff.
placeholder_problem_known = Since when, what it has to do with, what was tried
label_problem_note = What was found out? For the staff.
label_problem_workaround = What helps? Everybody can read this.
placeholder_problem_workaround = Steps, one a line, in words that everybody understands
problem_created = { $problem } is open, and you look after it.
problem_created_ticket = { $problem } is open, and you look after it. Linked to it: { $tickets }.
problem_linked = { $ticket } is linked to { $problem } · { $title }.
problem_unlinked = { $ticket } is no longer linked to { $problem }.
problem_link_intro = Which problem is behind { $ticket }?
problem_link_none = There is no problem to link { $ticket } to. Somebody of L2, L3, or a lead opens one with `/problem create`.
problem_updated = { $problem } is up to date: *{ $state }*.
problem_updated_resolved = { $problem } is resolved. Whoever works on one of its tickets is asked whether it is solved there too, and who said “me too” is told.
problem_still_there = Noted. Whoever looks after { $problem } is told that { $ticket } is still there.
problem_event_opened = opened by { $by }
problem_event_linked = { $by } links { $ticket }
problem_event_unlinked = { $by } takes { $ticket } away
problem_event_me_too = somebody has it too
problem_event_moved = { $by }: { $from } → { $to }
problem_event_workaround = { $by } says what helps: { $text }
problem_event_noted = { $by } notes: { $text }
problem_event_passed = { $from } hands it to { $to }
problem_event_still_there = { $by } says that { $ticket } is still there
notice_problem_gone = { $problem } · { $title } is resolved. Is { $ticket } solved by it?
notice_problem_gone_line = { $who }, a question for you.
notice_problem_solved = Something that you have too is solved: { $title }. If it is still there for you, open a ticket, and a person helps.
notice_problem_still_there = { $by } says that { $ticket } is still there, although { $problem } is resolved. Have another look.
notice_problem_alike = { $count } tickets about *{ $category }* in seven days read alike. Is there one cause behind them?
notice_problem_crowd = { $count } tickets about *{ $category }* in one day read alike. This may be a major incident.
button_make_problem = Make it a problem
button_me_too = Me too
problem_known = This is known: { $title }
problem_known_helps = Somebody works on the cause. Until it is gone, this helps:
problem_me_too = { $people ->
        [one] Noted: you are the first who says so. You need no ticket: I tell you when it is solved.
       *[other] Noted: { $people } people so far. You need no ticket: I tell you when it is solved.
    }


## Major incidents

refusal_major_unknown = There is no such incident here. Look at the number on its card.
refusal_major_which = It is not clear which incident you mean: none runs, or several do. Name it in the option `incident`, for example MI-0001.
refusal_major_running_already = { $major } is about the same and still runs. Post an update there with `/major update`.
refusal_major_not_now = { $major } is { $state }, so that cannot be done now. Nothing was changed. If it is back, declare another one.
refusal_major_confidential = Everybody reads about a major incident, so nothing confidential can be part of it. Keep it in its own thread.
refusal_major_part_already = { $ticket } is part of an incident already. Nothing was done.
refusal_major_no_part = { $ticket } is no part of that incident. Nothing was done.
refusal_major_stays_up = { $ticket } is part of a major incident that still runs, so it stays where it is. Hand it down when that is over.
major_running = running
major_resolved = over, the review is owed
major_closed = closed
major_title = { $major } · { $title }
major_banner = Right now: { $title }
major_banner_over = Over: { $title }
major_since = Since { $since }, last update { $updated }
major_roles = Commander { $commander } · communicator { $communicator } · scribe { $scribe }
major_declared = { $major } is declared. Everybody reads your status in the help channel; its card and its thread are in the queue of L2. The next update is due in 30 minutes.
major_updated = The update of { $major } goes out in a few seconds, once to everybody concerned. Another one before that takes its place.
major_staffed = { $major } has its new roles; its card shows them.
major_joined = { $ticket } is part of { $major }. As long as that runs, nobody is called for the ticket, and its requester reads each update.
major_left = { $ticket } is no part of { $major } any more.
major_over = { $major } is over, and everybody concerned is told. Whoever works on one of its tickets is asked whether that is solved too. The review is owed now.
major_reviewed = { $major } is closed. The leads read the review.
major_subscribed = You hear from me with each update, and when it is over. You need no ticket for that.
button_tell_me = Tell me when it is over
button_declare_major = Declare a major incident
button_major_update = Post an update
button_major_resolve = It is over
button_major_review = Write the review
button_major_join = Part of { $major }
button_major_leave = Not part of { $major }
form_major = Declare a major incident
form_major_update = Update of { $major }
form_major_resolve = { $major } is over
form_major_review = Review of { $major }
label_major_title = What is wrong? Everybody reads this.
placeholder_major_title = Nobody reaches the VPN
label_major_status = Where does it stand? Everybody reads this.
placeholder_major_status = What is known, what is being done, when you hear more
label_major_cause = Why did it happen?
label_major_timeline = What happened when?
label_major_actions = What is done about it, and by whom?
placeholder_major_actions = One action a line, each with the name of its owner
field_major_cause = Cause
field_major_timeline = Timeline
field_major_actions = Actions
notice_major_line = { $major } · { $title } · a major incident, declared; { $by } commands. Its card is in the queue of L2.
notice_major_joined = Others have this too: { $title }. Where it stands:
notice_major_joined_next = You do not have to do anything. Each update comes here; whatever helps is welcome all the same.
notice_major_news = News about { $title }:
notice_major_over = { $title } is over:
notice_major_over_next = Somebody looks whether it is solved for you too. If it is not, say so here.
notice_major_over_direct = If it is still there for you, open a ticket, and a person helps.
notice_major_ask = { $major } · { $title } is over. Is { $ticket } solved by it? If it is not, go on as usual.
notice_major_ask_line = { $who }, a question for you.
notice_major_update_owed = { $who }, everybody waits for an update of { $major } · { $title }: the last one was { $updated }. Nothing new is worth saying too.
notice_major_review_wanted = { $who }, { $major } · { $title } is over. Write its review: the cause, the timeline, and the actions with their owners. It closes with that.
notice_major_review_owed = The review of { $major } · { $title } is missing. It was over { $since }, and { $who } owes it. It does not close without.
notice_major_reviewed = { $major } · { $title } was reviewed.


## Clocks: what is promised, and what runs out

clock_first_response = the first answer
clock_next_update = the next update
clock_resolution = the solution
clock_status_none = nothing is promised
clock_status_idle = nobody waits for one
clock_status_running = runs
clock_status_paused = paused
clock_status_met = in time
clock_status_breached = ran out
clock_status_done = ended
clock_status_cancelled = not counted any more
field_clocks = Promised
field_promise = Until when
card_clock = { $clock }: { $due } ({ $ago })
card_clock_late = { $clock }: ran out { $ago }
card_clock_still = { $clock }: { $status }
promise_answer = You hear from us by { $due }.
promise_closed = We are closed now and open at { $opens }. You hear from us by { $due }.
promise_update = You hear how it goes by { $due }.
promise_late = You should have heard from us by { $due }. We are late, and it is seen.
notice_clock_warned_line = { $who }, { $number } runs out soon.
notice_clock_leads = { $who }: look at { $number }.
notice_clock_warned = { $percent } % of the time for { $clock } of { $number } is used up: it runs out { $due }.
notice_clock_warned_still = { $percent } % of the time for { $clock } of { $number } is used up.
notice_clock_breached = **{ $number }** · { $priority } · the time for { $clock } ran out { $at }
notice_clock_with = with { $who } · opened { $age } before
notice_clock_nobody = nobody has it · opened { $age } before
notice_ladder_call = { $who }: nobody takes { $number }.
notice_ladder_waits = **{ $number }** · { $priority } · nobody at { $tier } has taken it for { $waited }
notice_ladder_called = Everybody on duty at { $tiers } is called.
notice_ladder_nobody = Nobody is on duty at { $tiers }, so this comes at once.
notice_ladder_stuck = It was to go up a tier now, and nobody above is on duty.
notice_ladder_decide = It does not go up by itself: a lead is to decide where it goes.
notice_ladder_last = Nobody is called again by itself. Find somebody, or take it.
notice_overdue = { $count ->
        [one] Something that should have happened by itself did not, since { $since }.
       *[other] { $count } things that should have happened by themselves did not, the oldest since { $since }.
    } They were tried again. The desk's log says why they fail.
notice_overdue_call = { $who }: the desk is late.
notice_ladder_silent = **{ $number }** · { $priority } · { $who } has it, and its requester has heard nothing for { $waited }
notice_ladder_silent_owner = { $who }, the requester of { $number } has heard nothing for { $waited }. Write to them, even if it is only that you are at it.
notice_ladder_many =
    { $count ->
        [one] While the desk was away, nobody moved one ticket,
       *[other] While the desk was away, nobody moved { $count } tickets,
    } the longest for { $waited }.
notice_ladder_many_call = { $who }: see what waits here.
notice_ladder_line = **{ $number }** · { $priority } · { $tier } · not taken for { $waited }
notice_ladder_line_silent = **{ $number }** · { $priority } · { $who } has it · no word for { $waited }
history_silent = the requester has heard nothing for { $waited }
history_urgent = it became urgent; everybody on duty at { $tiers } is called
history_climbed = nobody has taken it for { $waited }
history_climbed_called = nobody has taken it for { $waited }; everybody on duty at { $tiers } is called
notice_clock_late = Noticed { $late } late: the desk was away.
notice_clock_waived = { $by } does not count that the time for { $clock } of { $number } ran out.
notice_clock_many = While the desk was away, the time of { $count } promises ran out or nearly did. The oldest { $late } ago.
notice_clock_many_now = The time of { $count } promises ran out or nearly did at once.
notice_clock_daily = What is least urgent and ran out since yesterday: { $count }
notice_clock_line = **{ $number }** · { $priority } · { $clock } · ran out { $at }
notice_clock_line_warned = **{ $number }** · { $priority } · { $clock } · { $percent } % used up { $at }
notice_clock_more = … and { $count } more
sla_title = What is promised for { $number }
sla_running = runs out { $due } ({ $ago }); { $left } of open time left
sla_late = ran out { $at }; { $over } of open time over
sla_late_before = ran out { $at }, by what was promised before
sla_late_ended = ran out { $at }, and was done after that
sla_waived = ran out { $at }; a lead does not count it
sla_paused = paused; { $left } of open time left
sla_met = done in time
sla_policy = Policy { $version }, { $priority }, calendar { $calendar }
sla_missed = Updates that came too late or not at all: { $count }
policy_title = What the desk promises
policy_title_of = What the desk promises for “{ $category }”
policy_line = **{ $priority }** · first answer { $first } · update { $update } · solution { $solution } · calendar { $calendar }
policy_own = Promised otherwise: { $categories }
policy_as_all = The same as for all other tickets: { $priorities }
policy_note = New tickets are promised this; those that are open keep what they were opened with (`/sla recalc` is for them).
policy_warns = Version { $version } · warns at { $percents } per cent of the time
policy_warns_not = Version { $version } · warns nobody before the time is over
policy_set = From now on, version { $version } holds for whatever is opened.
policy_same = That is what holds already, so nothing changed.
placeholder_policy_category = See one category …
choice_policy_all = All tickets
placeholder_policy_change = Change what is promised for …
placeholder_policy_warn = Warn at …
choice_policy_warn = { $percent } per cent of the time
button_policy_usual = Promise the same as for all others
form_policy = { $priority }: what is promised
form_policy_of = { $priority }, { $category }
label_policy_first = Until the first answer
label_policy_update = Until the next update
label_policy_solution = Until it is solved
label_policy_calendar = Calendar in whose hours that counts
placeholder_policy_target = 4 h, 1 h 30 min, or none
placeholder_policy_update = every 30 min, or 8 h after their message
recalc_title = What moves if open tickets are promised this
recalc_head =
    Version { $version } would hold for { $tickets ->
        [one] one open ticket
       *[other] { $tickets } open tickets
    } that { $tickets ->
        [one] was
       *[other] were
    } opened with another. { $moves ->
        [0] No due moves by it.
        [one] One due moves by it:
       *[other] { $moves } dues move by it:
    }
recalc_late =
    { $count ->
        [one] One of these times
       *[other] { $count } of these times
    } would have run out already, counted from when the ticket was opened. That is put down as missed, and only a lead can waive it.
recalc_line = **{ $number }** · { $clock }: { $was } → { $due }
recalc_more = … and { $count } more
recalc_no_due = no due
recalc_none = Version { $version } holds for every open ticket already. Nothing moves.
recalc_changed = Somebody changed what is promised since you looked. This is what moves now.
recalc_done =
    Version { $version } now holds for { $tickets ->
        [0] no other ticket than before.
        [one] one more open ticket.
       *[other] { $tickets } more open tickets.
    } { $moves ->
        [0] No due moved.
        [one] One due moved; its ticket's history says from when to when.
       *[other] { $moves } dues moved; each ticket's history says from when to when.
    } What ran out before stays so.
button_recalc = Apply it to open tickets
plan_title = What this file changes
plan_bad =
    { $count ->
        [one] One thing is wrong with that file
       *[other] { $count } things are wrong with that file
    }, so nothing of it was taken. Mend it and attach it again; `deskhand sla check` says the same on your machine.
plan_fault = Line { $line }: { $what }
plan_nothing = All that stands in that file holds already. Nothing was changed.
plan_calendar_new = New calendar **{ $name }**: { $hours }
plan_calendar = Calendar **{ $name }**: { $was } → { $hours }
plan_days = Calendar **{ $name }**, days of its own: { $was } → { $count }
plan_warn = Warnings, in per cent of the time: { $was } → { $percents }
plan_first = first answer
plan_update = update
plan_solution = solution
plan_calendar_of = calendar
plan_terms = **{ $scope }** · { $changes }
plan_moves =
    { $count ->
        [0] No due of an open ticket moves by it.
        [one] One due of an open ticket moves by it:
       *[other] { $count } dues of open tickets move by it:
    }
steps_line = **{ $scope }** · { $when }: { $does }
steps_usual = **{ $priority }** · the usual steps again
steps_none = **{ $priority }** · nothing happens by itself
step_unclaimed = not taken for { $after }
step_unaccepted = not taken for { $after }, and offered to somebody
step_no_update = no word to the requester for { $after }
step_clock = a clock at { $percent } per cent
step_breached = a clock ran out
step_urgent = it becomes a P1 while somebody has it
step_owner = whoever has it is reminded
step_calls = everybody on duty at { $tiers } is called
step_leads_told = the leads are told
step_leads_called = the leads are called
step_raises = it goes up a tier
step_reassigns = it goes to the next person
step_repeats = again every { $every }, { $times ->
        [one] once
       *[other] { $times } times
    }
plan_calendars_note = Calendars hold at once, for open tickets too; promises hold for new tickets.
plan_done =
    Done: version { $version } holds for whatever is opened. { $calendars ->
        [0] No calendar changed.
        [one] One calendar is another one now; dues of open tickets that moved by it: { $moved }.
       *[other] { $calendars } calendars are others now; dues of open tickets that moved by it: { $moved }.
    }
button_plan = Apply all of it
form_waive = Not count what ran out on { $number }
label_waive = Why does it not count?
waived = What ran out on { $number } is not counted any more. It is in the audit with your reason.
button_waive = Waive the breach
calendar_title = When the desk is open
calendar_line = **{ $name }**: { $hours }
calendar_holidays = Closed on { $count } days beside that: see `/sla holidays`.
calendar_set =
    From now on **{ $name }** is { $hours }. { $count ->
        [0] No promise moves by it.
        [one] One promise moves by it; its card says until when.
       *[other] { $count } promises move by it; their cards say until when.
    }
calendar_unknown = there is no calendar { $name } (see `/sla calendar`).
holidays_file_title = { $name }: what this file closes
holidays_file_head =
    { $count ->
        [0] No day more is closed by it.
        [one] One day more is closed by it.
       *[other] { $count } days more are closed by it.
    } { $known ->
        [0] {""}
        [one] One of its own is closed already.
       *[other] { $known } are closed already.
    }
holidays_file_open = { $day } · open after all
holidays_file_passed =
    { $count ->
        [one] One event at a time of day is passed over: it closes no day.
       *[other] { $count } events at a time of day are passed over: they close no day.
    }
holidays_file_years = What comes every year is written down for this year and the next { $years }.
holidays_file_known = The desk is closed on all of these days already. Nothing was changed.
holidays_file_bad = Something is wrong with that file, so nothing of it was taken. Mend it and attach it again; `deskhand sla check` says the same on your machine.
holidays_file_done =
    Done: the desk is closed on those days; `/sla holidays` shows all of them. { $moved ->
        [0] No promise moves by it.
        [one] One promise moves by it; its card says until when.
       *[other] { $moved } promises move by it; their cards say until when.
    }
button_holidays_file = Close on these days
holidays_title = { $name }: closed on these days
holidays_none = The desk is closed on no day of its own.
holidays_set =
    From now on **{ $name }** is closed on { $count ->
        [one] one day
       *[other] { $count } days
    } of its own. { $moved ->
        [0] No promise moves by it.
        [one] One promise moves by it; its card says until when.
       *[other] { $moved } promises move by it; their cards say until when.
    }


## The board of the leads

board_title = The desk now
board_calm = Nothing is late or about to be, and somebody has everything.
board_soon = About to be late: { $count }
board_late = Late: { $count }
board_unclaimed = Nobody has taken it yet: { $count }
board_more = … and { $count } more
board_confidential = confidential
board_clock = { $clock }: { $at }
board_opened = opened { $at }
board_with = with { $who }
board_with_nobody = with nobody
digest_day = The day before: { $date }
digest_week = The week before: { $from } to { $until }
digest_calm = Nothing was opened, nothing was solved, and nothing is open.
digest_in_time = Nothing is late, and nothing is about to be.
digest_line = { $what }: { $said }
digest_times = How long it took
digest_against_day = Otherwise than the day before that
digest_against_week = Otherwise than the week before that
digest_opened = Opened
digest_solved = Solved
digest_open = Open at the end
digest_kept = Kept in time, { $clock }
digest_half = { $what }, half of them
digest_percent = { $percent } %
digest_none = no figure
digest_changed = { $what }: **{ $now }**, it was { $before }
digest_same = Nothing: each figure is as it was.
digests_now =
    The leads' channel reads by itself what the desk did, by the clocks of { $zone }:
    - each day: { $daily }
    - each week: { $weekly }
digests_at = at { $time }, of the day before
digests_monday = on Mondays at { $time }, of the week before
digests_off = off
lines_title = Lines together: { $count }
lines_left =
    { $count ->
        [one] One hand-over waits for somebody.
       *[other] { $count } hand-overs wait for somebody.
    }
lines_done = No hand-over waits for anybody.
lines_now =
    In the escalation channel stands { $lowest }.
    { $quiet }
    Ten lines within ten minutes are posted one by one; what comes beyond stands together in one message that is kept current.
lines_all = every line
lines_from = every line about { $priority } and what is more urgent; the rest is in the tickets' histories
lines_quiet = From { $from } to { $until }, by the clocks of { $zone }, nothing is posted but P1; the rest comes together at { $until }.
lines_never_quiet = There are no quiet hours.
choice_lines_from = { $priority } and what is more urgent
choice_digest_on = On
choice_digest_off = Off
board_tier_open = { $count ->
        [0] Nothing open
        [one] **1 open**
       *[other] **{ $count } open**
    }
board_tier_unclaimed = { $count } not taken
board_tier_user = { $count } waiting for the requester
board_tier_vendor = { $count } waiting for a vendor
board_tier_soon = **{ $count } about to be late**
board_tier_late = **{ $count } late**
choice_board_on = Post it anew, and keep it current
choice_board_off = Turn it off
board_turned_on = The board stands in { $channel } in a moment, and stays current. Pin it there, and it is found at once.
board_turned_off = There is no board any more. What was posted last stays as it is; you can delete it.


## Reports

report_title = What the desk did, { $from } to { $until }
report_about = Days and hours are those of { $zone }. Times to answer and to solve count while the desk has promised to be there. What was withdrawn or merged is left out.
report_about_category = Only { $category }.
report_about_tier = Only { $tier }: what was done counts where it was done; what is open, or ran out, where it was then.
report_about_office = Only what was opened in office hours.
report_about_closed = Only what was opened while the desk was closed.
report_came = **{ $opened }** came there first, **{ $solved }** solved
report_personal_title = What one person did, { $from } to { $until }
report_personal_about = { $who }: what they did counts for them, and what ran out in their hands. Days are those of { $zone }. A figure that counts fewer than 5 is not told: it would say more about one ticket than about a person.
report_personal_few = not told: fewer than 5
report_personal_took = Took first: { $took }; solved: { $solved }
report_personal_count = **{ $count }**
report_personal_backlog = In their hands at the end: **{ $count }**; their age: half within { $median }, the oldest { $longest }
report_personal_backlog_few = In their hands at the end: { $few }
report_tickets = Tickets
report_tickets_counts = **{ $opened }** opened, **{ $solved }** solved
report_backlog = Open at the end: **{ $count }**; their age: half within { $median }, the oldest { $longest }
report_backlog_none = Nothing was open at the end
report_answer = Until somebody answered
report_taken = Until somebody took it
report_solution = Until it was solved
report_solution_wall = By the clock on the wall: { $spans }
report_spans = half within { $median }, nine of ten within { $p90 } (n = { $count })
report_spans_none = no figure (n = 0)
report_share = **{ $percent } %** ({ $part } of { $of })
report_share_none = no figure (n = 0)
report_promises = Promises kept
report_promise = { $clock }: { $share }
report_updates = Updates missed: { $count }
report_waived = Ran out and not counted, by a lead's decision: { $count }
report_returned = Given to a lower tier: { $count }
report_quality = How well it was solved
report_first_contact = By first contact alone: { $share }
report_one_touch = With one message before the solution at most: { $share }
report_reopened = Opened again: { $share }
report_repeated = Follow-ups, of as many closed: { $share }
report_bounced = Hand-overs sent back: { $share }
report_tier = { $came } came, { $solved } solved here
report_tier_escalated = Handed on upwards: { $share }
report_tier_stay = A stay: { $spans }
report_waits = Waiting for others
report_waits_requester = { $percent } % of all the time for the requester
report_waits_vendor = { $percent } % for a vendor
report_satisfied = Satisfied
report_satisfied_share = Four or five of five: { $share }; answered: { $answered }
report_questions = Questions in chat
report_questions_counts = { $questions } asked: { $confirmed } solved, as who asked said; { $possible } perhaps; { $none } not. Nothing fitted { $nothing } of them.
report_messages = Messages of the desk
report_messages_took = half within { $median }, 99 of 100 within { $p99 } (n = { $count })
report_messages_given_up = Given up: { $count }; `/setup check` says why
report_messages_copies = Said once more than they should be: { $count }
report_seconds = { $seconds } s
report_file = The figures of this report: { $name }
button_report_csv = As CSV
button_report_json = As JSON
picture_days = Day by day
picture_opened = opened: { $count }
picture_solved = solved: { $count }
picture_ages = Open at the end, by age: { $count }
picture_age = { $days } days
picture_share = { $percent } % ({ $part } of { $of })
picture_none = no figure (n = 0)
picture_tiers = How long a ticket stays at a tier
picture_tier = { $tier } (n = { $count })
picture_half = half: { $span }
picture_nine = nine of ten: { $span }
picture_hours = When tickets are opened
picture_weekdays = Mon Tue Wed Thu Fri Sat Sun
picture_says_days = Day by day over { $days } { $days ->
    [one] day
   *[other] days
 }: { $opened } opened, { $solved } solved.
picture_says_most = Most were opened on { $date }: { $count }.
picture_says_ages = Open at the end: { $count }, by age in days: { $ages }.
picture_says_age = { $days }: { $count }
picture_says_kept = Kept in time, { $clock }: { $share }.
picture_says_tier = Stays at { $tier }: { $spans }.
picture_says_hours = Most are opened on { $day } from { $hour }:00: { $count }.
picture_says_spans = { $what }: { $spans }.
picture_personal_times = How long it took
picture_took = Taken
picture_answer = First answer
picture_solution = Solved
choice_office_hours = Opened in office hours
choice_closed_hours = Opened while the desk was closed
choice_period_today = Today
choice_period_week = This week
choice_period_last_week = Last week
choice_period_month = This month
choice_period_last_month = Last month
choice_period_last_30 = The last 30 days
choice_csv = A table (CSV)
choice_json = JSON, for programs
button_write_about = { $place }: write an article
button_leave = { $place }: nothing to write
button_helpful = Helpful
button_not_helpful = Not helpful
voted_helpful = Thank you. That is one vote for it; you can change your mind at any time.
voted_not_helpful = Thank you. Whoever looks after the articles sees that it did not help, not who said so. A ticket brings you a person.
list_nothing = What found nothing
list_helped = What would have helped
list_articles = How articles do
gaps_none = Nothing waits: every question of the last 90 days found an article, is being written about, or was looked at.
gaps_title = Asked, and not answered: { $total ->
        [one] one thing
       *[other] { $total } things
    }
gaps_legend = Questions of 90 days that no article answers today, put together by what they mean. What is answered meanwhile leaves the list by itself.
gap_line = **{ $place }. { $name }**
    { $people ->
        [one] one person
       *[other] { $people } people
    }, { $questions ->
        [one] one question
       *[other] { $questions } questions
    }
gap_last = last { $at }
gap_wrong_answer = an article was shown, and it was not it
gap_tickets = Became { $total ->
        [one] { $tickets }
       *[other] { $total } tickets: { $tickets }
    }
gap_left = Nothing is written about *{ $name }*. It is off the list until somebody asks it again.
helped_none = { $tickets ->
        [0] No ticket that a person solved in the last 30 days was looked back at yet. That happens within some minutes of the solution.
        [one] One ticket was solved in the last 30 days, and no article would have answered it.
       *[other] { $tickets } tickets were solved in the last 30 days, and no article would have answered one of them.
    }
helped_title = { $part } of { $tickets } solved tickets had an article
helped_legend = Tickets of 30 days whose first words the knowledge base answers with certainty, although a person did. Whoever was shown the article before is not counted.
helped_line = **{ $title }**
    { $total ->
        [one] would have answered { $tickets }
       *[other] would have answered { $total } tickets: { $tickets }
    }
flag_review = its review date has passed
flag_votes = it did not help three people or more in 30 days
flag_reopened = tickets solved with it are opened again
flag_steps = its steps lose people
flagged_title = { $total ->
        [0] No article needs somebody
        [one] One of { $articles } articles needs somebody
       *[other] { $total } of { $articles } articles need somebody
    }
flagged_none = None is out of date, voted down, linked to tickets that come back, or loses people at its steps.
flagged_legend = The file has every article: how often it answered in 90 days and what came of it, votes, tickets, review date. Solved, as who asked said; perhaps: nothing came after it; not: it did not help, or a ticket followed within a day. These are never added together.
flagged_line = **{ $title }**: { $why }
field_deflection = What became of answers, in 90 days
deflection_line = { $category }: { $shown } answered: { $confirmed } solved, { $possible } perhaps, { $none } not
kb_check_fine = Nothing is wrong with any file
kb_check_title = { $errors ->
        [0] No error
        [one] One error
       *[other] { $errors } errors
    }, { $warnings ->
        [one] one warning
       *[other] { $warnings } warnings
    }
kb_check_served = { $served } articles are served. A file with an error is served as it was before, or left out.
kb_reloaded = The articles are read again: { $served } are served.
kb_reloaded_with_faults = The articles are read again: { $served } are served. Something is wrong with some files; `/kb check` says what.
notice_flagged = { $count ->
        [one] An article needs somebody:
       *[other] { $count } articles need somebody:
    }
solved_before_title = Solved before
solved_before_line = **{ $number } · { $title }**, by { $by }, { $at }
solved_before_lesson = What the experts left for next time: { $text }
known_error_line = This may be **{ $problem } · { $title }**, a known error. What helps until it is gone:
field_leaning = How sure I am: what outcomes taught
leaning_known = { $outcomes ->
        [0] No answer of the last 180 days has a known outcome.
        [one] One answer of the last 180 days has a known outcome; { $helped } helped.
       *[other] { $outcomes } answers of the last 180 days have a known outcome; { $helped } helped.
    }
leaning_few = From { $at_least } on I learn from them; until then I am as sure as I was made.
leaning_surer = They help more often than I said, so I am surer: { $by } in log-odds, of at most { $most }.
leaning_careful = They help less often than I said, so I am more careful: { $by } in log-odds, of at most { $most }.
leaning_none = That is as often as I said: { $by } in log-odds, of at most { $most }.
leaning_reset = What came before { $at } is forgotten.
button_forget_learned = Forget what was learned
kb_explain_leaning = What outcomes taught moved this by { $by } in log-odds; `/kb check` says more.
picture_of = A picture of the article { $title }
