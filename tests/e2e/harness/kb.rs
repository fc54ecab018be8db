//! A small knowledge base: enough to be sure, to hesitate, and to know nothing.

use std::path::Path;
use std::sync::Arc;

use deskhand::kb::Loaded;

use super::Desk;

const ARTICLES: &[(&str, &str)] = &[
    (
        "network/vpn-does-not-connect.md",
        "---
title: VPN does not connect
summary: Find out why the VPN stays on connecting.
tags: [vpn, remote, connection]
asks:
  - the vpn does not connect
  - vpn stuck on connecting
  - vpn gateway unreachable
aliases: [remote access, tunnel]
category: network
---
## Check first

- Other websites open.

## Steps

1. Quit the VPN client.
2. Switch Wi-Fi off and on.
3. Start the client and choose the gateway **Automatic**.

## Open a ticket when

It still stays on connecting. Write down what the client says.
",
    ),
    (
        "network/wifi-is-slow.md",
        "---
title: Wi-Fi is slow
summary: Get the office Wi-Fi back to speed.
tags: [wifi, wireless, slow]
asks:
  - the wifi is slow in the office
  - wireless drops in the meeting room
category: network
---
1. Move closer to an access point.
2. Choose the network **Office 5 GHz**.
3. Restart Wi-Fi on the laptop.
",
    ),
    (
        "accounts/reset-password.md",
        "---
title: Reset your password
summary: Choose a new password when you forgot the old one.
tags: [password, account, forgot]
asks:
  - i forgot my password
  - how do i reset my password
category: account
---
1. Open the sign-in page and choose **Forgot password**.
2. Confirm with your phone.
3. Choose a new password of at least 14 characters.
",
    ),
    (
        "accounts/account-locked.md",
        "---
title: Your account is locked
summary: Wait, or have it unlocked.
tags: [account, locked, password]
asks:
  - my account is locked
  - too many attempts password locked
category: account
---
1. Wait 15 minutes.
2. Sign in once, slowly.
",
    ),
    (
        "printing/printer-prints-nothing.md",
        "---
title: The printer prints nothing
summary: Get a stuck printer going again.
tags: [printer, printing, queue]
asks:
  - the printer prints nothing
  - my print job is stuck
category: printing
---
1. Cancel all print jobs.
2. Switch the printer off, wait ten seconds, and switch it on.
3. Print a test page.
",
    ),
    (
        "mail/out-of-office.md",
        "---
title: Set an out of office reply
summary: Tell people that you are away.
tags: [mail, calendar, holiday, away]
asks:
  - how do i set an out of office reply
  - automatic answer while on holiday
category: email
---
1. Open the mail settings.
2. Choose **Automatic replies** and set the dates.
",
    ),
];

/// Writes the articles under `folder`.
pub fn write(folder: &Path) {
    for (name, text) in ARTICLES {
        let path = folder.join(name);
        let parent = path.parent().expect("every article has a folder");
        std::fs::create_dir_all(parent).expect("a folder");
        std::fs::write(path, text).expect("an article");
    }
}

impl Desk {
    /// Somebody saves a file in the folder of articles.
    pub fn saves(&self, name: &str, text: &str) {
        std::fs::write(self.config.kb.join(name), text).expect("an article");
    }

    /// What the running desk knows of its articles.
    pub async fn articles(&self) -> Arc<Loaded> {
        let app = self.app.read().await;
        app.as_ref().expect("the desk runs").desk().kb().loaded()
    }
}
