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
verb_link = link
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
refusal_nothing_said = There is no text in that. Write something and send it again.
refusal_nobody_free = Nobody at { $tier } can be given { $number } now: all are off duty, full, or gave it back a moment ago. Name somebody, or leave it in the queue.
refusal_their_own = { $number } is { $who }'s own request, and nobody works on their own. Name somebody else.
refusal_has_it_already = { $who } has { $number } already. Nothing was done.
refusal_holds_no_role = { $who } is not known to hold { $tier }. Name somebody of that tier; who is new to the role shows up with their first command.
refusal_off_duty = { $who } is off duty. Name somebody else; a lead can call them in.
refusal_nobody_below = There is no tier below { $tier } that anybody holds. Give { $number } back to the queue, or go on with it yourself.
refusal_asked_lately = You asked for more help with { $number } a short while ago, and everybody concerned was told. { $again }
refusal_text_too_short =
    { $length ->
        [one] Your text has { $length } character;
       *[other] Your text has { $length } characters;
    } it needs at least { $at_least }. Say a little more and send it again.
refusal_article_or_why_none = Name the article that answers this, or say why none does.
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
expected_text = a text that says what it is about
expected_role = a role of this server
expected_text_channel = a text channel of this server

# What to do next where a ticket is in the wrong state.
next_claim_first = Claim it first.
next_accept_first = Accept it first.
next_no_hand_over = There is no hand-over to send back: claim it, or leave it to others.
next_somebody_has_it = `/ticket list` shows what waits for somebody.
next_reopen = If it is not solved, reopen it.
next_confirm = If it is solved, confirm it, and it closes.
next_say_so = Somebody works on it already: say in the thread that you do not need it any more.
next_ended = If the trouble is back, open a new ticket and name this one.

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
notice_closed = { $number } is closed. If the trouble comes back, open a new ticket and name this one.


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


## What stands above a field

field_requester = Requester
field_category = About
field_priority = Priority
field_state = State
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
ask_unknown = I don't know this one. Open a ticket, and a person helps; what you wrote goes along.
ask_small_talk = Hello, this is the help desk. Tell me what does not work, for example “the VPN does not connect”, and I look for the steps. When I don't know them, you can open a ticket.
ask_empty = There is nothing in that to look for. Tell me what does not work, in your own words.
ask_empty_message = There is no text in that message to look for. Ask with `/ask` and your own words.
ask_solved = Good to hear. If it comes back, ask again.
ask_others = These come next. If none of them fits, open a ticket, and a person helps.
ask_no_others = I have nothing else that fits. Open a ticket, and a person helps; what you wrote goes along.
ask_rest = The article goes on: the rest is in { $path }.
ask_article_gone = That article is no longer there. Ask again, or open a ticket.
ask_public = Press the button, and you alone see the steps.
ask_public_maybe = I may know this. Press the button, and you alone see what I have.
ask_public_unknown = I don't know this one. Open a ticket, and a person helps; only you and the desk read it.


## Opening a ticket

draft_title = A new ticket
draft_intro = Three choices, then a short form.
draft_about = About: { $title }
draft_missing = One thing first: choose { $missing }.
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
opened_thread_soon = Your thread opens in a moment; you get a mention there.
opened_next = Next, { $tier } looks at it. You read in the thread who takes it.
opened_confidential = Only you and the people who work on it can read it.
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
history_given_back = { $from } gives it back: { $text }
history_assigned = { $by } gives it to { $who }
history_noted = { $by } notes: { $text }
history_replied = { $by } answers
history_asked = { $by } asks: { $text }
history_resumed = { $by } takes it up again
history_answered = the answer comes
history_escalation_asked = { $by } asks for more help: { $text }
history_cancelled = { $by } ends it without a solution
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
assign_load = { $load ->
        [one] { $load } unit of work
       *[other] { $load } units of work
    }
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
form_resolve = Resolve { $number }
label_done = What was done? The requester reads this.
placeholder_done = At least 20 characters, in words that the requester understands
label_why_none = Why does no article fit?
placeholder_why_none = There is none about this yet
label_lead_reason = Why do you resolve it for somebody else?
placeholder_lead_reason = The assignee is away
resolved = { $number } is resolved. The requester reads what you wrote in the thread.


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
check_knowledge = { $count } articles are served.
check_field_wrong = What is wrong
check_field_off = What is switched off


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
