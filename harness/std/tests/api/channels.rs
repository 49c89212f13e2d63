// Channels.

fn channels() {
    show! {
        { let (sender, receiver) = mpsc::channel(); sender.send(1).unwrap(); receiver.recv() };
        { let (sender, receiver) = mpsc::channel::<i32>(); drop(sender); receiver.recv() };
        { let (sender, receiver) = mpsc::channel(); drop(receiver); sender.send(1) };
        { let (sender, receiver) = mpsc::channel::<i32>(); (receiver.try_recv(), drop(sender), receiver.try_recv()) };
        { let (_sender, receiver) = mpsc::channel::<i32>(); receiver.recv_timeout(MS) };
        { let (sender, receiver) = mpsc::channel::<i32>(); drop(sender); receiver.recv_timeout(LONG) };
        { let (sender, receiver) = mpsc::channel(); let other = sender.clone(); sender.send(1).unwrap(); other.send(2).unwrap(); drop((sender, other)); receiver.iter().sum::<i32>() };
        { let (sender, receiver) = mpsc::channel(); sender.send(1).unwrap(); sender.send(2).unwrap(); receiver.try_iter().collect::<Vec<i32>>() };
        { let (sender, receiver) = mpsc::channel(); sender.send(1).unwrap(); drop(sender); receiver.into_iter().count() };
        { let (sender, receiver) = mpsc::channel(); sender.send(3).unwrap(); drop(sender); let mut sum = 0; for value in &receiver { sum += value; } sum };
        { let (sender, receiver) = mpsc::sync_channel(1); sender.send(1).unwrap(); (sender.try_send(2), receiver.recv(), sender.try_send(3)) };
        { let (sender, receiver) = mpsc::sync_channel(1); drop(receiver); (sender.try_send(2), sender.send(3)) };
        { let (sender, _receiver) = mpsc::sync_channel(0); sender.try_send(2) };
        thread::scope(|scope| { let (sender, receiver) = mpsc::sync_channel(0); scope.spawn(move || sender.send(5)); receiver.recv() });
        mpsc::channel::<i32>();
        mpsc::sync_channel::<i32>(1);
        SendError(1);
        SendError(1).to_string();
        (RecvError, RecvError.to_string());
        (TryRecvError::Empty, TryRecvError::Disconnected.to_string());
        (RecvTimeoutError::Timeout, RecvTimeoutError::Disconnected.to_string());
        (TrySendError::Full(1), TrySendError::Disconnected(1).to_string());
        { let (sender, receiver) = mpsc::channel(); for n in 0..3 { sender.send(n).unwrap(); } (receiver.recv(), receiver.try_recv(), receiver.recv_timeout(MS), receiver.try_recv()) };
        { let (sender, receiver) = mpsc::channel(); sender.send(String::from("x")).unwrap(); drop(sender); (receiver.try_recv(), receiver.try_recv()) };
        { let (sender, receiver) = mpsc::channel(); drop(receiver); sender.send(String::from("back")).unwrap_err().0 };
        { let (sender, receiver) = mpsc::sync_channel(2); sender.send(1).unwrap(); sender.send(2).unwrap(); drop(receiver); sender.try_send(3) };
        { let (sender, receiver) = mpsc::sync_channel(3); let more = sender.clone(); for n in 0..3 { more.send(n).unwrap(); } drop((sender, more)); receiver.into_iter().collect::<Vec<i32>>() };
        thread::scope(|scope| { let (sender, receiver) = mpsc::channel(); for n in 0..3 { let sender = sender.clone(); scope.spawn(move || sender.send(n).unwrap()); } drop(sender); let mut all: Vec<i32> = receiver.iter().collect(); all.sort(); all });
        thread::scope(|scope| { let (sender, receiver) = mpsc::sync_channel(1); scope.spawn(move || for n in 0..4 { sender.send(n).unwrap(); }); receiver.iter().collect::<Vec<i32>>() });
        thread::scope(|scope| { let (sender, receiver) = mpsc::sync_channel(0); let sends = scope.spawn(move || sender.send(1)); drop(receiver); sends.join().unwrap() });
        thread::scope(|scope| { let (sender, receiver) = mpsc::sync_channel::<u8>(0); let receives = scope.spawn(move || receiver.recv()); drop(sender); receives.join().unwrap() });
        { let (sender, receiver) = mpsc::channel(); let shared = &sender; thread::scope(|scope| { for n in 0..2 { scope.spawn(move || shared.send(n).unwrap()); } }); receiver.try_iter().sum::<i32>() };
        { let (sender, receiver) = mpsc::channel::<Box<dyn FnOnce() -> u8 + Send>>(); sender.send(Box::new(|| 4)).unwrap(); receiver.recv().unwrap()() };
        { let (sender, receiver) = mpsc::channel(); sender.send(1).unwrap(); let mut iter: mpsc::Iter<'_, i32> = receiver.iter(); iter.next() };
        { let (sender, receiver) = mpsc::channel(); sender.send(1).unwrap(); let mut iter: mpsc::TryIter<'_, i32> = receiver.try_iter(); (iter.next(), iter.next(), iter.size_hint()) };
        { let (sender, receiver) = mpsc::channel(); sender.send(1).unwrap(); drop(sender); let mut iter: mpsc::IntoIter<i32> = receiver.into_iter(); (iter.next(), iter.next()) };
        { let (sender, receiver) = mpsc::channel::<u8>(); (format!("{:?}", receiver.iter()), format!("{:?}", receiver.try_iter()), format!("{:?}", sender.clone())) };
        { let (_sender, receiver) = mpsc::channel::<u8>(); format!("{:?}", receiver.into_iter()) };
        { let (sender, receiver) = mpsc::channel::<u8>(); drop(sender); receiver.recv_timeout(Duration::ZERO) };
        { let (sender, receiver): (mpsc::Sender<u8>, mpsc::Receiver<u8>) = mpsc::channel(); (sender, receiver) };
        { let (sender, receiver): (mpsc::SyncSender<u8>, mpsc::Receiver<u8>) = mpsc::sync_channel(1); (sender, receiver) };
        { let error: TrySendError<u8> = SendError(1).into(); error };
        { let error: TryRecvError = RecvError.into(); error };
        { let error: RecvTimeoutError = RecvError.into(); error };
        { let errors: [Box<dyn std::error::Error>; 5] = [Box::new(RecvError), Box::new(TryRecvError::Empty), Box::new(RecvTimeoutError::Timeout), Box::new(SendError(1)), Box::new(TrySendError::Full(2))]; errors.map(|error| error.to_string()) };
        (RecvError == RecvError.clone(), TryRecvError::Empty == TryRecvError::Disconnected, SendError(1) == SendError(2), TrySendError::Full(1) == TrySendError::Full(1).clone(), RecvTimeoutError::Timeout.clone());
        RecvTimeoutError::Disconnected.to_string();
        TrySendError::Disconnected(1).to_string();
    }
}
