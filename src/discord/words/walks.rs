//! Walking through an article's steps, one at a time.

super::sentences! {
    picture_of(title: &str);
    button_walk();
    button_walk_next();
    button_walk_done();
    button_walk_fixed();
    button_walk_no_help();
    button_walk_stuck();
    button_walk_again();
    button_walk_resume(title: &str, step: u32, steps: u32);
    walk_step(step: u32, steps: u32);
    walk_step_already(step: u32);
    walk_all_done(steps: u32);
    walk_changed(title: &str);
    walk_tried(title: &str, article: &str);
    walk_tried_through(done: u32, steps: u32);
    walk_tried_all(steps: u32);
    walk_tried_stopped(step: u32, steps: u32, text: &str);
    walk_tried_stuck(step: u32, steps: u32, text: &str);
    kb_show_staff();
    kb_show_language(language: &str);
    kb_show_walked(began: u32, fixed: u32);
    kb_show_lost(count: u32, step: u32);
    kb_show_lost_all(count: u32);
}
