# Two stages: the first builds, the second runs. Build it in the folder of this file:
#   docker build -t deskhand .
# and run it with the token in a file that only its owner may read (the owner being user 10001), and the database in a
# volume:
#   docker run --init -v deskhand:/var/lib/deskhand -e DISCORD_TOKEN deskhand

FROM rust:1.95-slim-bookworm AS build
RUN apt-get update \
 && apt-get install -y --no-install-recommends build-essential \
 && rm -rf /var/lib/apt/lists/*
WORKDIR /src
COPY . .
RUN cargo build --release --locked

# The binary holds the root certificates and SQLite itself, so the second stage needs nothing but a C library.
FROM debian:bookworm-slim
RUN useradd --uid 10001 --home-dir /var/lib/deskhand --create-home --shell /usr/sbin/nologin deskhand
COPY --from=build /src/target/release/deskhand /usr/local/bin/deskhand
COPY kb /usr/share/deskhand/kb
COPY LICENSE src/kb/vectors/APACHE-2.0 /usr/share/doc/deskhand/
USER 10001
WORKDIR /var/lib/deskhand
ENV DESKHAND_DATABASE=/var/lib/deskhand/deskhand.sqlite \
    DESKHAND_KB=/usr/share/deskhand/kb \
    DESKHAND_LOG_FORMAT=json
# Without a volume here, everything that the desk remembers is gone with the container.
VOLUME /var/lib/deskhand
ENTRYPOINT ["deskhand"]
CMD ["run"]
