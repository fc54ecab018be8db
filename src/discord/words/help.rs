//! What can be done here.

super::sentences! {
    help_title();
    help_intro();
    help_direct();
    help_everybody();
    help_staff();
    help_admins();
    help_on_message();
}
