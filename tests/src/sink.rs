//! A mail server that takes everything, or refuses as often as it is told to first.

use std::{
    net::SocketAddr,
    sync::{
        Arc, Mutex,
        atomic::{AtomicUsize, Ordering},
    },
};

use tokio::{
    io::{AsyncBufReadExt, AsyncWriteExt, BufReader},
    net::{TcpListener, TcpStream},
    task::JoinHandle,
};

pub struct Sink {
    pub address: SocketAddr,
    mails: Arc<Mutex<Vec<String>>>,
    serving: JoinHandle<()>,
}

impl Sink {
    /// Refuses the first `refuse` mails as a server does that is busy.
    pub async fn new(refuse: usize) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = listener.local_addr().unwrap();
        let mails = Arc::new(Mutex::new(Vec::new()));
        let (kept, left) = (mails.clone(), Arc::new(AtomicUsize::new(refuse)));
        let serving = tokio::spawn(async move {
            while let Ok((stream, _)) = listener.accept().await {
                tokio::spawn(talk(stream, kept.clone(), left.clone()));
            }
        });
        Self { address, mails, serving }
    }

    pub fn url(&self) -> String {
        format!("smtp://{}", self.address)
    }

    /// What has come, heads and bodies.
    pub fn mails(&self) -> Vec<String> {
        self.mails.lock().unwrap().clone()
    }
}

impl Drop for Sink {
    fn drop(&mut self) {
        self.serving.abort();
    }
}

async fn talk(stream: TcpStream, mails: Arc<Mutex<Vec<String>>>, left: Arc<AtomicUsize>) {
    let mut stream = BufReader::new(stream);
    let mut answer = "220 sink\r\n".to_owned();
    loop {
        if stream.write_all(answer.as_bytes()).await.is_err() {
            return;
        }
        let mut line = String::new();
        if stream.read_line(&mut line).await.unwrap_or(0) == 0 {
            return;
        }
        answer = match line.trim_end().split([' ', ':']).next().unwrap_or_default().to_ascii_uppercase().as_str() {
            "RCPT" if left.fetch_update(Ordering::SeqCst, Ordering::SeqCst, |left| left.checked_sub(1)).is_ok() => {
                // As some servers do, it repeats what it was asked.
                format!("451 busy: {}\r\n", line.trim_end())
            }
            "DATA" => {
                let _ = stream.write_all(b"354 go on\r\n").await;
                let mut mail = String::new();
                while !mail.ends_with("\r\n.\r\n") {
                    if stream.read_line(&mut mail).await.unwrap_or(0) == 0 {
                        return;
                    }
                }
                mails.lock().unwrap().push(mail);
                "250 taken\r\n".to_owned()
            }
            "QUIT" => return,
            _ => "250 well\r\n".to_owned(),
        };
    }
}
